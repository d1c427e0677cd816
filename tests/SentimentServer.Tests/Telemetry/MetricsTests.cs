using System.Globalization;

using FluentAssertions;

using SentimentServer.Tests.Hosting;

using Xunit;

namespace SentimentServer.Tests.Telemetry;

public sealed class MetricsTests
{
    [Fact]
    public async Task The_metrics_count_what_was_sent_and_no_warm_up()
    {
        await using var server = await ServerProcess.StartAsync("--metrics-port", "0");
        (await server.Client.InferAsync("one")).Dispose();
        (await server.Client.InferAsync("two", "three")).Dispose();
        (await server.Client.PostJsonAsync("/v2/models/sentiment/infer", "{}")).Dispose();
        (await server.Client.PostJsonAsync("/v2/models/other/infer", "{}")).Dispose();

        var lines = (await server.Client.GetStringAsync(new Uri(server.MetricsAddress!, "/metrics"))).Split('\n');

        lines.Should().Contain(
        [
            "sentiment_inference_requests_total 2",
            "sentiment_inference_texts_total 3",
            "sentiment_inference_failures_total{code=\"400\"} 1",
            "sentiment_inference_failures_total{code=\"404\"} 1",
            "sentiment_inference_pending_requests 0",
            "sentiment_inference_queue_seconds_count 2",
            "sentiment_inference_compute_seconds_count 2",
            "nv_inference_request_success{model=\"sentiment\",version=\"1\"} 2",
            "nv_inference_request_failure{model=\"sentiment\",version=\"1\",reason=\"OTHER\"} 2",
            "nv_inference_count{model=\"sentiment\",version=\"1\"} 3",
            "nv_inference_exec_count{model=\"sentiment\",version=\"1\"} 2",
            "nv_inference_pending_request_count{model=\"sentiment\",version=\"1\"} 0",
        ]);
        lines.Should().Contain(line =>
            line.StartsWith("http_requests_received_total{code=\"200\",method=\"POST\"", StringComparison.Ordinal)
            && line.EndsWith("endpoint=\"/v2/models/{name}/infer\"} 2", StringComparison.Ordinal));
        Value("nv_inference_request_duration_us").Should().BeGreaterThan(Value("nv_inference_compute_infer_duration_us")).And.BeGreaterThan(
            Value("nv_inference_queue_duration_us"));
        Value("nv_inference_compute_infer_duration_us").Should().BeApproximately(
            1e6 * Value("sentiment_inference_compute_seconds_sum"), 1, "both are the same sum");

        double Value(string name) => double.Parse(
            lines.Single(line => line.StartsWith(name + '{', StringComparison.Ordinal) || line.StartsWith(name + ' ', StringComparison.Ordinal)).Split(' ')[1],
            CultureInfo.InvariantCulture);
    }
}
