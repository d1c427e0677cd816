using FluentAssertions;

using SentimentServer.Tests.Hosting;

using Xunit;

namespace SentimentServer.Tests.Telemetry;

public sealed class MetricsTests
{
    [Fact]
    public async Task The_metrics_count_what_was_sent_and_no_warm_up()
    {
        await using var server = await ServerProcess.StartAsync();
        (await server.Client.InferAsync("one")).Dispose();
        (await server.Client.InferAsync("two", "three")).Dispose();
        (await server.Client.PostJsonAsync("/v2/models/sentiment/infer", "{}")).Dispose();
        (await server.Client.PostJsonAsync("/v2/models/other/infer", "{}")).Dispose();

        var lines = (await server.Client.GetStringAsync("/metrics")).Split('\n');

        lines.Should().Contain(
        [
            "sentiment_inference_requests_total 2",
            "sentiment_inference_texts_total 3",
            "sentiment_inference_failures_total{code=\"400\"} 1",
            "sentiment_inference_failures_total{code=\"404\"} 1",
            "sentiment_inference_pending_requests 0",
            "sentiment_inference_queue_seconds_count 2",
            "sentiment_inference_compute_seconds_count 2",
        ]);
        lines.Should().Contain(line =>
            line.StartsWith("http_requests_received_total{code=\"200\",method=\"POST\"", StringComparison.Ordinal)
            && line.EndsWith("endpoint=\"/v2/models/{name}/infer\"} 2", StringComparison.Ordinal));
    }
}
