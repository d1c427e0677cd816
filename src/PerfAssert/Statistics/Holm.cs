namespace PerfAssert.Statistics;

/// <summary>Holm's step-down adjustment: many independent questions, one chance of a wrong answer.</summary>
internal static class Holm
{
    /// <summary>
    /// Adjusted p-values in the order given: rejecting those at or below a level is wrong about any of them with at most that chance,
    /// whatever the questions have in common.
    /// </summary>
    public static double[] Adjust(IReadOnlyList<double> pValues)
    {
        var adjusted = new double[pValues.Count];
        var largest = 0.0;
        foreach (var (index, rank) in Enumerable.Range(0, pValues.Count).OrderBy(i => pValues[i]).Select((index, rank) => (index, rank)))
        {
            largest = Math.Max(largest, Math.Min(1, pValues[index] * (pValues.Count - rank)));
            adjusted[index] = largest;
        }

        return adjusted;
    }
}
