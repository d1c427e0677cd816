using PerfAssert.Load;
using PerfAssert.Measurements;
using PerfAssert.Statistics;

namespace PerfAssert.Judging;

/// <summary>The candidate's rounds of a measurement, as samples.</summary>
internal sealed class MeasuredRun
{
    /// <summary>From this many rounds on they carry statistics of their own: a t interval of fewer is too wide to add anything.</summary>
    public const int EnoughRounds = 5;

    /// <summary>Below this many observations on one side an indicator's autocorrelation cannot be estimated.</summary>
    private const int EstimableCount = 10;

    private readonly Dictionary<(MetricFamily Family, string Series), HistogramSample> pooled = [];
    private readonly Lazy<float[][]> requests;
    private readonly Lazy<float[][]> trace;
    private readonly Lazy<float> traceP90;

    /// <summary>Takes the rounds of one version, or of both.</summary>
    /// <param name="measurement">The measurement.</param>
    /// <param name="load">The load.</param>
    /// <param name="variant">Whose rounds; <see langword="null"/>: all.</param>
    public MeasuredRun(Measurement measurement, LoadPlan load, Variant? variant = Variant.Candidate)
    {
        Measurement = measurement;
        Load = load;
        Rounds = [.. measurement.Rounds.Where(r => variant is null || r.Variant == variant)];
        requests = new(() => [.. Rounds.SelectMany(r => r.Trace.Blocks).Select(b => b.ToArray())]);
        trace = new(() => [.. requests.Value.Select(b => Array.FindAll(b, v => !float.IsNaN(v)))]);
        traceP90 = new(() =>
        {
            var sorted = trace.Value.SelectMany(b => b).Order().ToArray();
            return sorted.Length == 0 ? 0 : sorted[(int)((sorted.Length - 1) * 0.9)];
        });
    }

    public Measurement Measurement { get; }

    public LoadPlan Load { get; }

    public IReadOnlyList<Round> Rounds { get; }

    public bool HasEnoughRounds => Rounds.Count >= EnoughRounds;

    public long Requests => Rounds.Sum(r => r.Requests);

    public long Succeeded => Rounds.Sum(r => r.Succeeded);

    public long Failed => Rounds.Sum(r => r.Failed);

    public TimeSpan Span => TimeSpan.FromTicks(Rounds.Sum(r => r.Span.Ticks));

    /// <summary>A series over all rounds, joined once for all budgets on it.</summary>
    public HistogramSample Pooled(Metric metric)
    {
        var key = (metric.Family, metric.Series);
        return pooled.TryGetValue(key, out var known) ? known : pooled[key] = Series.Sample(metric, Rounds);
    }

    /// <summary>A series round by round; rounds without an observation are left out.</summary>
    public IReadOnlyList<HistogramSample> ByRound(Metric metric) =>
        [.. Rounds.Select(r => Series.Sample(metric, [r])).Where(s => s.Count > 0)];

    /// <summary>
    /// τ of "over the limit". Only latency has a trace; for other series, and for a limit with fewer than ten observations on one
    /// side, τ of "over the latency's own p90" stands in.
    /// </summary>
    public double TauOfExceedance(Metric metric, double limit, bool orEqual)
    {
        if (metric.Family != MetricFamily.Latency)
        {
            return TauOfTail();
        }

        var over = trace.Value.Sum(b => b.Count(v => IsOver(v, limit, orEqual)));
        var all = trace.Value.Sum(b => b.Length);
        return Math.Min(over, all - over) < EstimableCount ? TauOfTail() : Tau(trace.Value, v => IsOver(v, limit, orEqual) ? 1 : 0);
    }

    /// <summary>τ of "failed", timeouts included; with fewer than ten requests on one side, that of the tail stands in.</summary>
    public double TauOfFailures()
    {
        var failed = requests.Value.Sum(b => b.Count(v => !float.IsFinite(v)));
        var all = requests.Value.Sum(b => b.Length);
        return Math.Min(failed, all - failed) < EstimableCount ? TauOfTail() : Tau(requests.Value, v => float.IsFinite(v) ? 0 : 1);
    }

    /// <summary>τ of "over the latency's own p90". Timeouts are over it, also where they are so many that it lies among them.</summary>
    public double TauOfTail() => Tau(trace.Value, v => v > traceP90.Value || float.IsPositiveInfinity(v) ? 1 : 0);

    /// <summary>τ of the latencies themselves, timeouts as large as the largest other one.</summary>
    public double TauOfValues()
    {
        var largest = trace.Value.SelectMany(b => b).Where(float.IsFinite).DefaultIfEmpty(0).Max();
        return Tau(trace.Value, v => float.IsFinite(v) ? v : largest);
    }

    /// <summary>
    /// τ of a series, by that of its requests. Observations of one request are not independent of each other: a series of which a request may
    /// have several counts by requests, which are not independent either.
    /// </summary>
    public double Clustered(Metric metric, double tau, long observations) =>
        metric.Family is MetricFamily.InterTokenLatency or MetricFamily.Recorded ? tau * Math.Max(1, observations / (double)Succeeded) : tau;

    private static double Tau(float[][] blocks, Func<float, double> value) =>
        Autocorrelation.IntegratedTime([.. blocks.Select(b => Array.ConvertAll(b, v => value(v)))]);

    private static bool IsOver(float value, double limit, bool orEqual) => orEqual ? value >= limit : value > limit;
}
