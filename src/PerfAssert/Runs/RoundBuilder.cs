using System.Collections.Immutable;
using PerfAssert.Measurements;

namespace PerfAssert.Runs;

/// <summary>Puts a round into the file's own words. The latency trace stays behind: it is large, and only the judge needs it.</summary>
internal static class RoundBuilder
{
    /// <summary>Describes a round.</summary>
    /// <param name="round">The round.</param>
    /// <param name="streams">Whether any round of its version marked a token, so that requests that timed out before theirs belong to its first ones.</param>
    public static RunRound Build(Round round, bool streams) => new()
    {
        Index = round.Index,
        Variant = round.Variant,
        Succeeded = round.Succeeded,
        Failed = round.Failed,
        TimedOut = round.TimedOut,
        Good = round.Good,
        QueuedAtMaxInFlight = round.QueuedAtMaxInFlight,
        Abandoned = round.Abandoned,
        InputTokens = round.InputTokens,
        OutputTokens = round.OutputTokens,
        BytesSent = round.BytesSent,
        BytesReceived = round.BytesReceived,
        SpanMs = round.Span.TotalMilliseconds,
        ScheduledSpanMs = round.ScheduledSpan.TotalMilliseconds,
        Scheduled = round.Scheduled,
        RequestsPerSecond = Rate(round.Requests, round.Span),
        SucceededPerSecond = Rate(round.Succeeded, round.Span),
        GoodPerSecond = Rate(round.Good, round.Span),
        Streams = Of(round.Streams),
        Latency = RunDistribution.Of(round.Latency, round.TimedOut),
        ServiceTime = RunDistribution.Of(round.ServiceTime, round.TimedOut),
        SendLag = RunDistribution.Of(round.SendLag),
        Lateness = RunDistribution.Of(round.Lateness),
        ConnectionWait = RunDistribution.Of(round.ConnectionWait),
        ReadLag = RunDistribution.Of(round.ReadLag),
        FailedDurations = RunDistribution.Of(round.FailedDurations),
        Series = SeriesOf(round, streams),
        SliceMs = round.SliceLength.TotalMilliseconds,
        CompletionsPerSlice = round.CompletionsPerSlice,
        Errors = ErrorGroups.OfRound(round),
    };

    private static ImmutableSortedDictionary<string, RunDistribution> SeriesOf(Round round, bool streams)
    {
        var series = round.Series.ToImmutableSortedDictionary(pair => pair.Key, pair => RunDistribution.Of(pair.Value), StringComparer.Ordinal);
        return streams && round.TimedOutWithoutToken > 0
            ? series.SetItem("ttft", RunDistribution.Of(round.Series.GetValueOrDefault("ttft") ?? Histograms.Compact([]), round.TimedOutWithoutToken))
            : series;
    }

    private static RunStreams? Of(StreamChecks checks) => checks.Requests == 0 ? null : new(
        checks.Requests,
        checks.Uneven,
        Mean(checks.UnevenBy / 1e6, checks.Uneven),
        checks.Miscounted,
        Mean(checks.MiscountedMarks, checks.Miscounted),
        Mean(checks.MiscountedTokens, checks.Miscounted),
        checks.Bundled,
        checks.Uncounted);

    private static double? Mean(double sum, long count) => count > 0 ? sum / count : null;

    /// <summary>The round again, without its trace: enough for every value of it, and for nothing that needs the order of requests.</summary>
    public static Round Restore(RunRound round) => new()
    {
        Index = round.Index,
        Variant = round.Variant,
        Latency = round.Latency.Histogram,
        ServiceTime = round.ServiceTime.Histogram,
        SendLag = round.SendLag.Histogram,
        Lateness = round.Lateness.Histogram,
        ConnectionWait = round.ConnectionWait.Histogram,
        ReadLag = round.ReadLag.Histogram,
        FailedDurations = round.FailedDurations.Histogram,
        Series = round.Series.ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value.Histogram, StringComparer.Ordinal),
        Succeeded = round.Succeeded,
        Failed = round.Failed,
        TimedOut = round.TimedOut,
        TimedOutWithoutToken = round.Series.GetValueOrDefault("ttft")?.Beyond ?? 0,
        Good = round.Good,
        QueuedAtMaxInFlight = round.QueuedAtMaxInFlight,
        Abandoned = round.Abandoned,
        InputTokens = round.InputTokens,
        OutputTokens = round.OutputTokens,
        BytesSent = round.BytesSent,
        BytesReceived = round.BytesReceived,
        Span = Milliseconds.ToTimeSpan(round.SpanMs),
        ScheduledSpan = Milliseconds.ToTimeSpan(round.ScheduledSpanMs),
        Scheduled = round.Scheduled,
        CompletionsPerSlice = round.CompletionsPerSlice,
        SliceLength = Milliseconds.ToTimeSpan(round.SliceMs),
        Trace = LatencyTrace.Empty,
        Errors = [],
    };

    private static double Rate(long count, TimeSpan span) => span > TimeSpan.Zero ? count / span.TotalSeconds : 0;
}
