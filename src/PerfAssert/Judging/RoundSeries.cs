using PerfAssert.Statistics;

namespace PerfAssert.Judging;

/// <summary>
/// Differences of pairs of rounds as replicates: an interval takes independent ones. Those that drift are merged with their neighbours once.
/// </summary>
internal sealed class RoundSeries
{
    public RoundSeries(double[] differences)
    {
        Drifts = !RoundDiagnostics.AreIndependent(differences);
        Differences = Drifts ? RoundDiagnostics.Merge(differences) : differences;
        Wanders = Drifts && !RoundDiagnostics.AreIndependent(Differences);
        Shift = new PairedShift(Differences);
    }

    public double[] Differences { get; }

    /// <summary>Whether neighbours had to be merged.</summary>
    public bool Drifts { get; }

    /// <summary>Whether that did not help: no bound is known.</summary>
    public bool Wanders { get; }

    /// <summary>The change that they show.</summary>
    public PairedShift Shift { get; }

    /// <summary>
    /// The upper bound that may prove something. Of few rounds the largest average is near the others by chance; Student's bound is wide where they are
    /// few, so that both have to say so.
    /// </summary>
    /// <param name="level">How often it may be wrong.</param>
    public double ProvenUpper(double level) => Wanders
        ? double.PositiveInfinity
        : Math.Max(Shift.Bounds(level).Upper, Student.MeanBounds(Differences, level)?.Upper ?? double.PositiveInfinity);
}
