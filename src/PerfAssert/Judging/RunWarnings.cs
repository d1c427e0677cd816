using System.Collections.Immutable;
using PerfAssert.Statistics;

namespace PerfAssert.Judging;

/// <summary>What people should know beside the budgets. One rule, one sentence.</summary>
internal static class RunWarnings
{
    private const int RoundsForDrift = 4;
    private const double DriftLevel = 0.01;
    private const double HighLagOne = 0.3;

    // One-sided 5 % of the lag-1 autocorrelation of R independent values is about 1.645 / √R.
    private const double LagOneNoise = 1.645;

    public static ImmutableArray<string> Of(MeasuredRun run) =>
        [
            .. new[] { ClosedLoop(run), Queued(run), Offered(run), Abandoned(run), WarmUp(run), Drift(run) }.OfType<string>(),
            .. StreamWarnings.Of(run),
        ];

    private static string? ClosedLoop(MeasuredRun run) => run.Measurement.OpenLoop || run.Requests == 0 ? null
        : "closed loop: latency is service time, and the wait of users for whom there was no turn is not in it";

    private static string? Queued(MeasuredRun run)
    {
        var queued = run.Rounds.Sum(r => r.QueuedAtMaxInFlight);
        return queued == 0 ? null
            : $"{Say.Count(queued)} of {Say.Count(run.Requests)} requests waited for a free place at MaxInFlight = {run.Load.MaxInFlight}: " +
              "the wait is part of their latency";
    }

    private static string? Offered(MeasuredRun run)
    {
        var scheduled = run.Rounds.Sum(r => r.Scheduled);
        var time = run.Rounds.Sum(r => r.ScheduledSpan.TotalSeconds);
        if (scheduled == 0 || time <= 0 || run.Span <= TimeSpan.Zero)
        {
            return null;
        }

        var (offered, answered) = (scheduled / time, run.Requests / run.Span.TotalSeconds);
        return answered >= ClientBoundRules.EnoughOfRate * offered ? null
            : $"{Say.Rate(offered)} were offered and {Say.Rate(answered)} ended: the server fell behind, or the last requests were long against the run";
    }

    private static string? Abandoned(MeasuredRun run)
    {
        var abandoned = run.Rounds.Sum(r => r.Abandoned);
        return abandoned == 0 ? null
            : $"{Say.Count(abandoned)} requests ignored their cancellation token beyond the timeout and were left behind: " +
              "pass request.CancellationToken to every call";
    }

    private static string? WarmUp(MeasuredRun run) => run.Measurement.WarmUpFailures == 0 ? null
        : $"{Say.Count(run.Measurement.WarmUpFailures)} of {Say.Count(run.Measurement.WarmUpRequests)} requests before the measured part (warm-up, ramps) failed";

    private static string? Drift(MeasuredRun run)
    {
        var medians = run.Rounds
            .Select(r => new HistogramSample([r.Latency], r.TimedOut))
            .Where(s => s.Count > 0)
            .Select(s => s.Quantile(0.5))
            .ToArray();
        if (medians.Length < RoundsForDrift)
        {
            return null;
        }

        var rounds = $"over {medians.Length} rounds, from {Say.Duration(medians[0])} to {Say.Duration(medians[^1])}";
        return MannKendall.PValue(medians) <= DriftLevel
                ? $"p50 drifts {rounds}: warm up for longer, or look for what grows"
            : medians.All(double.IsFinite) && Autocorrelation.LagOne(medians) > Math.Max(HighLagOne, LagOneNoise / Math.Sqrt(medians.Length))
                ? $"p50 wanders {rounds}: neighbouring rounds are alike, so they count for fewer than they are"
            : null;
    }
}
