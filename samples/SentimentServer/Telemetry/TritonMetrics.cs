using Prometheus;

using SentimentServer.Model;

namespace SentimentServer.Telemetry;

/// <summary>
/// The counters under the names Triton Inference Server gives them, so that what reads Triton reads this server. Only those that are
/// true here: nothing of GPUs, of caches, or of the copying of inputs and outputs.
/// </summary>
internal sealed class TritonMetrics
{
    private static readonly string[] s_model = ["model", "version"];

    private readonly Counter.Child _success = Counter("nv_inference_request_success", "Number of successful inference requests");
    private readonly Counter.Child _texts = Counter("nv_inference_count", "Number of inferences performed: each text of a request is one");
    private readonly Counter.Child _executions = Counter("nv_inference_exec_count", "Number of model executions performed: each request is one");
    private readonly Counter.Child _request = Counter("nv_inference_request_duration_us", "Cumulative duration of the successful requests, in microseconds");
    private readonly Counter.Child _queue = Counter("nv_inference_queue_duration_us", "Cumulative time in the queue, in microseconds");
    private readonly Counter.Child _compute = Counter("nv_inference_compute_infer_duration_us", "Cumulative time in the model, tokenising included, in microseconds");

    private readonly Gauge.Child _pending = Metrics
        .CreateGauge("nv_inference_pending_request_count", "Number of requests waiting for the model or being computed", s_model)
        .WithLabels(SentimentModel.Name, SentimentModel.Version);

    private readonly Counter _failure = Metrics.CreateCounter(
        "nv_inference_request_failure", "Number of failed inference requests", "model", "version", "reason");

    public void Arrived() => _pending.Inc();

    public void Left() => _pending.Dec();

    public void Queued(TimeSpan time) => _queue.Inc(time.TotalMicroseconds);

    public void Computed(TimeSpan time, int texts)
    {
        _compute.Inc(time.TotalMicroseconds);
        _texts.Inc(texts);
        _executions.Inc();
    }

    public void Answered(TimeSpan time)
    {
        _success.Inc();
        _request.Inc(time.TotalMicroseconds);
    }

    public void Failed(int status) => _failure.WithLabels(SentimentModel.Name, SentimentModel.Version, Reason(status)).Inc();

    private static string Reason(int status) => status switch
    {
        StatusCodes.Status503ServiceUnavailable => "REJECTED",
        StatusCodes.Status499ClientClosedRequest => "CANCELED",
        StatusCodes.Status500InternalServerError => "BACKEND",
        _ => "OTHER",
    };

    private static Counter.Child Counter(string name, string help) =>
        Metrics.CreateCounter(name, help, s_model).WithLabels(SentimentModel.Name, SentimentModel.Version);
}
