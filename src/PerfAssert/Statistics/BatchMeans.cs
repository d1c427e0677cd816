namespace PerfAssert.Statistics;

/// <summary>Means of batches long enough to be nearly independent, so that a t interval over them is honest about autocorrelation.</summary>
internal static class BatchMeans
{
    /// <summary>Batches aimed at: enough for a t interval, few enough to be long.</summary>
    public const int Target = 20;

    /// <summary>
    /// The batch means of rates in consecutive slices. The first and the last slice of each pass are dropped: they are partly
    /// outside of the load.
    /// </summary>
    /// <param name="passes">Slices of passes that are not neighbours in time; a batch never spans two.</param>
    public static double[] Of(IReadOnlyList<IReadOnlyList<double>> passes)
    {
        var batchesPerPass = Math.Max(1, Target / Math.Max(1, passes.Count));
        return [.. passes.SelectMany(pass => OfOne([.. pass.Skip(1).SkipLast(1)], batchesPerPass))];
    }

    private static IEnumerable<double> OfOne(double[] slices, int batches)
    {
        batches = Math.Min(batches, slices.Length);
        for (var b = 0; b < batches; b++)
        {
            yield return slices[(b * slices.Length / batches)..((b + 1) * slices.Length / batches)].Average();
        }
    }
}
