using FluentAssertions;
using PerfAssert.Clients.OpenInference;
using SentimentServer.Tests.Hosting;
using Xunit;

namespace PerfAssert.Clients.Tests.Faults;

/// <summary>A proxy between the client of the Open Inference Protocol and a real server, in a process of its own, that speaks it over HTTP.</summary>
public sealed class SentimentServerFaultTests
{
    private const string NotTheProtocol = "malformed answer: not what the Open Inference Protocol says";

    [Theory]
    [InlineData(TensorEncoding.Plain)]
    [InlineData(TensorEncoding.Raw)]
    public async Task Each_fault_is_counted_once_and_named(TensorEncoding encoding)
    {
        await using var server = await ServerProcess.StartAsync();
        var ask = new InferRequest("sentiment", Tensor.Create("text", ["What a wonderful, friendly place!", "A terrible waste of money."]));

        await FaultProxy.RunAsync(
            server.Client.BaseAddress!,
            address =>
            {
                var client = new OpenInferenceClient(address, encoding);
                return (client, SendAsync);

                async Task SendAsync(PerfRequest request)
                {
                    var result = await client.InferAsync(request, ask);
                    result["label"].Texts().Should().Equal("positive", "negative");
                }
            },
            [
                .. StreamFaults.OfConnections,
                (Faults.Bytes(body => body[..^3]), NotTheProtocol),
                (Faults.Bytes(body => [.. body, .. "more"u8]), encoding == TensorEncoding.Raw ? "malformed answer: more raw data than its outputs have" : NotTheProtocol),
                (Faults.GarbageInTheBody, NotTheProtocol),
            ]);
    }

    [Fact]
    public async Task An_error_inside_HTTP_200_is_named()
    {
        await using var server = await ServerProcess.StartAsync();

        await FaultProxy.RunAsync(
            server.Client.BaseAddress!,
            address =>
            {
                var client = new OpenInferenceClient(address);
                return (client, request => client.InferAsync(request, new InferRequest("sentiment", Tensor.Create("text", ["lovely"]))));
            },
            [(Faults.Body(_ => """{"error":"out of memory"}"""), "error inside a successful answer")]);
    }
}
