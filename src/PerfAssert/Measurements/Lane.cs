using HdrHistogram;

namespace PerfAssert.Measurements;

/// <summary>One recorder. Held by one thread at a time (see <see cref="LaneSet"/>), so nothing in it is shared or locked.</summary>
internal sealed class Lane
{
    /// <summary>Slices at most: when a load takes longer, two become one.</summary>
    public const int MostSlices = 4096;

    private const long ShortestSlice = 100_000_000;

    private readonly long[] completions = new long[MostSlices];

    // Sent when it was due, a request's latency is mostly its service time: one recording instead of two, for nearly all of a closed loop's.
    private readonly LongHistogram undelayed = Histograms.Recorder();
    private readonly LongHistogram delayedLatency = Histograms.Recorder();
    private readonly LongHistogram delayedServiceTime = Histograms.Recorder();

    internal int Held;

    public IEnumerable<LongHistogram> Latency => [undelayed, delayedLatency];

    public IEnumerable<LongHistogram> ServiceTime => [undelayed, delayedServiceTime];

    public LongHistogram SendLag { get; } = Histograms.Recorder();

    public LongHistogram Lateness { get; } = Histograms.Recorder();

    public LongHistogram ConnectionWait { get; } = Histograms.Recorder();

    public LongHistogram ReadLag { get; } = Histograms.Recorder();

    public LongHistogram FailedDurations { get; } = Histograms.Recorder();

    public Dictionary<string, LongHistogram> Series { get; } = [];

    public long Succeeded { get; private set; }

    public long Failed { get; private set; }

    public long TimedOut { get; private set; }

    public long TimedOutWithoutToken { get; private set; }

    public long Good { get; private set; }

    public long Queued { get; private set; }

    public long InputTokens { get; private set; }

    public long OutputTokens { get; private set; }

    public long BytesSent { get; private set; }

    public long BytesReceived { get; private set; }

    public StreamChecks Streams { get; private set; }

    public long LastEnd { get; private set; } = long.MinValue;

    public ReadOnlySpan<long> Completions => completions;

    /// <summary>Length of a completion slice, in nanoseconds.</summary>
    public long Slice { get; private set; } = ShortestSlice;

    public void Succeed(in Observation seen, long origin, RequestMarks marks, GoodputRule rule)
    {
        Common(seen);
        Succeeded++;
        var latency = seen.End - seen.Due;
        var service = seen.ServiceTime;
        if (service == latency)
        {
            undelayed.Record(latency);
        }
        else
        {
            delayedLatency.Record(latency);
            delayedServiceTime.Record(service);
        }

        CountCompletion(seen.End - origin);
        var good = marks.Any ? Count(seen, marks, rule) : AllowsNoTokens(rule);
        Good += good && latency <= rule.Latency ? 1 : 0;
    }

    public void Fail(in Observation seen)
    {
        Common(seen);
        Failed++;
        FailedDurations.Record(seen.End - seen.Due);
    }

    /// <summary>Records a timeout.</summary>
    /// <param name="seen">The request, which ended at its timeout.</param>
    /// <param name="firstToken">When its first token was marked; <see langword="null"/>: it was not.</param>
    public void TimeOut(in Observation seen, long? firstToken)
    {
        Fail(seen);
        TimedOut++;
        if (firstToken <= seen.End)
        {
            Record("ttft", firstToken.Value - seen.Due);
        }
        else
        {
            TimedOutWithoutToken++;
        }
    }

    /// <summary>Adds what another lane recorded.</summary>
    public void Add(Lane other)
    {
        undelayed.Add(other.undelayed);
        delayedLatency.Add(other.delayedLatency);
        delayedServiceTime.Add(other.delayedServiceTime);
        SendLag.Add(other.SendLag);
        Lateness.Add(other.Lateness);
        ConnectionWait.Add(other.ConnectionWait);
        ReadLag.Add(other.ReadLag);
        FailedDurations.Add(other.FailedDurations);
        foreach (var (name, series) in other.Series.Where(series => series.Value.TotalCount > 0))
        {
            SeriesOf(name).Add(series);
        }

        while (Slice < other.Slice)
        {
            MergeSlices();
        }

        var merged = (int)(Slice / other.Slice);
        for (var i = 0; i < other.completions.Length; i++)
        {
            completions[i / merged] += other.completions[i];
        }

        Succeeded += other.Succeeded;
        Failed += other.Failed;
        TimedOut += other.TimedOut;
        TimedOutWithoutToken += other.TimedOutWithoutToken;
        Good += other.Good;
        Queued += other.Queued;
        InputTokens += other.InputTokens;
        OutputTokens += other.OutputTokens;
        BytesSent += other.BytesSent;
        BytesReceived += other.BytesReceived;
        Streams += other.Streams;
        LastEnd = Math.Max(LastEnd, other.LastEnd);
    }

    public void Reset()
    {
        undelayed.Reset();
        delayedLatency.Reset();
        delayedServiceTime.Reset();
        SendLag.Reset();
        Lateness.Reset();
        ConnectionWait.Reset();
        ReadLag.Reset();
        FailedDurations.Reset();
        foreach (var series in Series.Values)
        {
            series.Reset();
        }

        Array.Clear(completions);
        Slice = ShortestSlice;
        Succeeded = Failed = TimedOut = TimedOutWithoutToken = Good = Queued = InputTokens = OutputTokens = BytesSent = BytesReceived = 0;
        Streams = default;
        LastEnd = long.MinValue;
    }

    private void Common(in Observation seen)
    {
        LastEnd = Math.Max(LastEnd, seen.End);
        if (seen.Waited > 0)
        {
            ConnectionWait.Record(seen.Waited);
        }

        if (seen.ReadLag is { } lag)
        {
            ReadLag.Record(lag);
        }

        if (!seen.Scheduled)
        {
            return;
        }

        SendLag.Record(seen.Sent - seen.Due);
        Lateness.Record(seen.Start - seen.Ready);
        Queued += seen.Ready > seen.Due ? 1 : 0;
    }

    // Returns whether the rule's limits on tokens are met.
    private bool Count(in Observation seen, RequestMarks marks, GoodputRule rule)
    {
        InputTokens += marks.InputTokens;
        BytesSent += marks.BytesSent;
        BytesReceived += marks.BytesReceived;
        foreach (var (name, duration) in marks.Records)
        {
            Record(name, duration.Ticks * 100);
        }

        if (marks.Chunks.Count > 0)
        {
            return Stream(seen, marks, rule);
        }

        OutputTokens += marks.OutputTokens;
        return AllowsNoTokens(rule);
    }

    private static bool AllowsNoTokens(GoodputRule rule) =>
        double.IsPositiveInfinity(rule.TimeToFirstToken) && double.IsPositiveInfinity(rule.TimePerOutputToken);

    // TPOT = (E2E − TTFT) / (n − 1), undefined for one token; gaps between chunks are pooled over requests.
    private bool Stream(in Observation seen, RequestMarks marks, GoodputRule rule)
    {
        var chunks = marks.Chunks;
        var marked = 0L;
        for (var i = 0; i < chunks.Count; i++)
        {
            marked += chunks[i].Tokens;
            if (i > 0)
            {
                Record("itl", chunks[i].Timestamp - chunks[i - 1].Timestamp);
            }
        }

        var tokens = marks.OutputTokens > 0 ? marks.OutputTokens : marked;
        OutputTokens += tokens;
        var first = chunks[0].Timestamp - seen.Due;
        Streams += StreamChecks.Of(
            seen.End - seen.Due, first, chunks[^1].Timestamp - chunks[0].Timestamp, chunks.Count, marked, marks.OutputTokens, marks.Uncounted);
        Record("ttft", first);
        if (tokens < 2)
        {
            return first <= rule.TimeToFirstToken;
        }

        var perToken = (seen.End - seen.Due - first) / (tokens - 1);
        Record("tpot", perToken);
        return first <= rule.TimeToFirstToken && perToken <= rule.TimePerOutputToken;
    }

    // A mark made by a straggling thread of an earlier request may lie before this one's start.
    private void Record(string name, long value) => SeriesOf(name).Record(value);

    private LongHistogram SeriesOf(string name)
    {
        if (!Series.TryGetValue(name, out var histogram))
        {
            Series.Add(name, histogram = Histograms.Recorder());
        }

        return histogram;
    }

    private void CountCompletion(long sinceOrigin)
    {
        while (sinceOrigin / Slice >= MostSlices)
        {
            MergeSlices();
        }

        completions[(int)Math.Max(0, sinceOrigin / Slice)]++;
    }

    private void MergeSlices()
    {
        for (var i = 0; i < MostSlices / 2; i++)
        {
            completions[i] = completions[2 * i] + completions[(2 * i) + 1];
        }

        Array.Clear(completions, MostSlices / 2, MostSlices / 2);
        Slice *= 2;
    }
}
