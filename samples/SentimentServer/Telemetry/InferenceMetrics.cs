using System.Globalization;

using Prometheus;

namespace SentimentServer.Telemetry;

/// <summary>The counters behind <c>/metrics</c>: how many, how long in the queue, how long computing.</summary>
internal sealed class InferenceMetrics
{
    // From half a millisecond to four seconds in steps of a half: fine enough to see a few percent at the p50.
    private static readonly double[] s_seconds = Histogram.ExponentialBuckets(0.0005, 1.5, 23);

    private readonly TritonMetrics _triton = new();

    private readonly Counter _requests = Metrics.CreateCounter(
        "sentiment_inference_requests_total", "Infer requests answered with a result.");

    private readonly Counter _failures = Metrics.CreateCounter(
        "sentiment_inference_failures_total", "Infer requests without a result, by HTTP status code (499: the client left).", "code");

    private readonly Counter _texts = Metrics.CreateCounter(
        "sentiment_inference_texts_total", "Texts classified; divided by the requests: the mean batch size.");

    private readonly Gauge _pending = Metrics.CreateGauge(
        "sentiment_inference_pending_requests", "Infer requests waiting for the model or being computed.");

    private readonly Histogram _queue = Metrics.CreateHistogram(
        "sentiment_inference_queue_seconds", "Time a request waited for the model.", new HistogramConfiguration { Buckets = s_seconds });

    private readonly Histogram _compute = Metrics.CreateHistogram(
        "sentiment_inference_compute_seconds", "Time the model worked on a request, tokenising included.",
        new HistogramConfiguration { Buckets = s_seconds });

    static InferenceMetrics() =>
        // The adapters for event counters and meters would sample in the background of a server that is being measured.
        Metrics.SuppressDefaultMetrics(new SuppressDefaultMetricOptions { SuppressEventCounters = true, SuppressMeters = true });

    /// <summary>A request waits for the model from now on.</summary>
    public void Arrived()
    {
        _pending.Inc();
        _triton.Arrived();
    }

    /// <summary>It is done, or gave up.</summary>
    public void Left()
    {
        _pending.Dec();
        _triton.Left();
    }

    public void Queued(TimeSpan time)
    {
        _queue.Observe(time.TotalSeconds);
        _triton.Queued(time);
    }

    public void Computed(TimeSpan time, int texts)
    {
        _compute.Observe(time.TotalSeconds);
        _texts.Inc(texts);
        _triton.Computed(time, texts);
    }

    public void Answered(TimeSpan time)
    {
        _requests.Inc();
        _triton.Answered(time);
    }

    public void Failed(int status)
    {
        _failures.WithLabels(status.ToString(CultureInfo.InvariantCulture)).Inc();
        _triton.Failed(status);
    }
}
