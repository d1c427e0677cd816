using System.Collections.Immutable;
using PerfAssert.Judging;
using PerfAssert.Load;
using PerfAssert.Measurements;
using PerfAssert.Promotion;
using PerfAssert.Runs;

namespace PerfAssert.Comparing;

/// <summary>The valid runs of one test on one side, in the order of time.</summary>
internal sealed class Side
{
    public Side(IEnumerable<RunFile> runs)
    {
        Runs = [.. runs.OrderBy(run => run.StartedAt)];
        Rounds = [.. Runs.Select(run => run.Rounds.Where(round => round.Variant == Variant.Candidate).Select(RoundBuilder.Restore).ToImmutableArray())];
    }

    public ImmutableArray<RunFile> Runs { get; }

    /// <summary>By run.</summary>
    public ImmutableArray<ImmutableArray<Round>> Rounds { get; }

    public RunFile Last => Runs[^1];

    public LoadPlan Load => RunConditions.LoadOf(Last);

    public IEnumerable<Round> All => Rounds.SelectMany(rounds => rounds);

    public long Requests => All.Sum(round => round.Requests);

    public long Failed => All.Sum(round => round.Failed);

    /// <summary>What the requests of all runs were like.</summary>
    /// <param name="name">The side's, for people.</param>
    public Workload WorkloadOf(string name) => Workload.Of(name, [.. All]);

    /// <summary>Each run's value of a metric; <see langword="null"/>: a run has none.</summary>
    public double[]? RunValues(Metric metric, double? usdPerHour)
    {
        var values = Rounds.Select(rounds => RoundValue.OfRun(metric, rounds, Load, usdPerHour)).OfType<double>().ToArray();
        return values.Length == Runs.Length ? values : null;
    }
}
