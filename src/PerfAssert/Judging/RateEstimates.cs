using PerfAssert.Measurements;
using PerfAssert.Statistics;

namespace PerfAssert.Judging;

/// <summary>Rates over the measured span with their bounds: from the rounds if there are enough, else from slices of time.</summary>
internal static class RateEstimates
{
    /// <summary>Batches below which a t interval over them is not worth its name.</summary>
    private const int EnoughBatches = 5;

    /// <summary>Successful requests per second.</summary>
    public static Estimate Throughput(MeasuredRun run) => Of(run, r => r.Succeeded, tail => BySlices(run, tail));

    /// <summary>
    /// Good requests per second. Slices do not count good requests; without enough rounds the bounds are those of the
    /// throughput times those of the good share, half of the error for each.
    /// </summary>
    public static Estimate Goodput(MeasuredRun run) => Of(run, r => r.Good, tail =>
    {
        var tau = run.TauOfTail();
        var effective = (long)Math.Floor(run.Succeeded / tau);
        var good = run.Rounds.Sum(r => r.Good) / tau;
        return BySlices(run, tail / 2) is { } rate && Proportion.Around(good, effective, tail / 2) is var share
            ? new Interval(rate.Lower * share.Lower, rate.Upper * share.Upper)
            : null;
    });

    /// <summary>Tokens per second. Token counts are kept by round only.</summary>
    public static Estimate Tokens(MeasuredRun run, Func<Round, long> tokens) =>
        Of(run, tokens, _ => null) with { NeededRounds = MeasuredRun.EnoughRounds };

    private static Estimate Of(MeasuredRun run, Func<Round, long> amount, Func<double, Interval?> otherwise)
    {
        var observed = run.Rounds.Sum(amount) / run.Span.TotalSeconds;
        var rounds = run.Rounds.Where(r => r.Span > TimeSpan.Zero).Select(r => amount(r) / r.Span.TotalSeconds).ToArray();
        return new Estimate(
            observed,
            run.Requests,
            tail => Around(observed, rounds.Length >= MeasuredRun.EnoughRounds ? Student.MeanBounds(rounds, tail) : otherwise(tail)));
    }

    private static Interval? BySlices(MeasuredRun run, double tail)
    {
        // Slices of a longer round may be longer.
        var batches = BatchMeans.Of([.. run.Rounds.Where(r => r.SliceLength > TimeSpan.Zero).Select(r => new SlicedCount(r.CompletionsPerSlice, r.SliceLength, r.Span))]);
        return batches.Length >= EnoughBatches ? Student.MeanBounds(batches, tail) : null;
    }

    // A rate of all the time is not quite the mean over batches or rounds of unequal length.
    private static Interval? Around(double observed, Interval? bounds) =>
        bounds is { } b ? new Interval(Math.Clamp(b.Lower, 0, observed), Math.Max(b.Upper, observed)) : null;
}
