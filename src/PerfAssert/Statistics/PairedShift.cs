namespace PerfAssert.Statistics;

/// <summary>
/// By how much paired differences are off zero: the Hodges–Lehmann estimate, which is the median of the Walsh averages
/// (dᵢ + dⱼ) / 2 with i ≤ j, and the interval that Wilcoxon's signed-rank test leaves. It assumes that differences are independent and, for
/// the interval, symmetric about their centre.
/// </summary>
internal sealed class PairedShift
{
    private readonly int count;
    private readonly double[] walsh;

    /// <summary>Takes the differences, one a pair of rounds.</summary>
    /// <exception cref="ArgumentException">There is no difference, or one is not finite.</exception>
    public PairedShift(IReadOnlyList<double> differences)
    {
        if (differences.Count == 0 || differences.Any(d => !double.IsFinite(d)))
        {
            throw new ArgumentException("Expected at least one difference, all of them finite.", nameof(differences));
        }

        count = differences.Count;
        walsh = [.. differences.SelectMany((d, i) => differences.Skip(i).Select(other => (d + other) / 2)).Order()];
    }

    /// <summary>The estimate.</summary>
    public double Estimate => walsh.Length % 2 == 1 ? walsh[walsh.Length / 2] : (walsh[(walsh.Length / 2) - 1] + walsh[walsh.Length / 2]) / 2;

    /// <summary>Bounds that each fail with at most probability <paramref name="tail"/>; infinite where so few differences have none.</summary>
    public Interval Bounds(double tail) => SignedRank.BoundingRank(count, tail) is { } rank
        ? new Interval(walsh[rank - 1], walsh[^rank])
        : new Interval(double.NegativeInfinity, double.PositiveInfinity);
}
