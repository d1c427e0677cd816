using FluentAssertions;
using Grpc.Core;
using PerfAssert.Clients.OpenInference;
using PerfAssert.Clients.OpenInference.Wire;
using PerfAssert.Clients.Tests.Support;
using SentimentServer.Tests.Hosting;
using Xunit;
using static PerfAssert.Clients.Tests.Faults.FrameProxy;
using GrpcServer = PerfAssert.Clients.Tests.OpenInference.GrpcServer;

namespace PerfAssert.Clients.Tests.Faults;

/// <summary>The Open Inference Protocol over gRPC: what breaks is one failed request under its own name.</summary>
public sealed class GrpcFaultTests
{
    private const string Exception = "PerfAssert.Clients.RequestFailedException";
    private static readonly InferRequest Ask = new("sentiment", Tensor.Create("text", ["What a wonderful, friendly place!"]));

    [Fact]
    public async Task What_breaks_between_the_client_and_a_real_server_is_counted_once_and_named()
    {
        await using var server = await ServerProcess.StartAsync("--grpc-port", "0");
        await using var proxy = FrameProxy.Start(server.GrpcAddress!);
        using var client = new OpenInferenceGrpcClient(proxy.Address);
        Break[] breaks = [Break.No, Break.Reset, Break.No, Break.Close, Break.No, Break.Garbage, Break.No, Break.Silence];

        var run = await MeasuredRun.Run(
            request =>
            {
                proxy.BreakNext(breaks[request.Index]);
                return client.InferAsync(request, Ask);
            },
            requests: breaks.Length,
            timeout: "3 s");

        run.Errors.Should().BeEquivalentTo(
        [
            (Exception, "broken connection: reset before the end of the answer", 1L),
            (Exception, "broken connection: closed before the end of the answer", 1L),
            (Exception, "broken connection: HTTP/2 error FRAME_SIZE_ERROR", 1L),
            ("Timeout", "no answer within 3 s", 1L),
        ]);
        run.File.GetProperty("rounds")[0].GetProperty("succeeded").GetInt64().Should().Be(4);
    }

    [Fact]
    public async Task What_a_server_does_to_a_call_is_counted_once_and_named()
    {
        var calls = 0;
        await using var server = await GrpcServer.StartAsync(async (request, context) =>
        {
            var call = calls++;
            switch (call)
            {
                case 1:
                    context.GetHttpContext().Abort();
                    await Task.Delay(Timeout.Infinite, context.CancellationToken);
                    break;
                case 3:
                    throw new RpcException(new Status(StatusCode.DeadlineExceeded, "too slow"));
                case 5:
                    throw new RpcException(new Status(StatusCode.Cancelled, "changed my mind"));
                case 7:
                    throw new RpcException(new Status(StatusCode.ResourceExhausted, "queue is full"));
                case 9:
                    return new ModelInferResponse();
                default:
                    break;
            }

            return Good(request);
        });
        using var client = new OpenInferenceGrpcClient(server.Address);

        var run = await MeasuredRun.Run(request => client.InferAsync(request, Ask), requests: 11);

        run.Errors.Should().BeEquivalentTo(
        [
            (Exception, "broken connection: HTTP/2 error INTERNAL_ERROR", 1L),
            (Exception, "gRPC DeadlineExceeded", 1L),
            (Exception, "gRPC Cancelled", 1L),
            (Exception, "gRPC ResourceExhausted", 1L),
            (Exception, "malformed answer: not what the Open Inference Protocol says", 1L),
        ]);
        calls.Should().Be(11, "nothing is sent twice");
    }

    private static ModelInferResponse Good(ModelInferRequest request)
    {
        var response = new ModelInferResponse { ModelName = request.ModelName };
        var output = new ModelInferResponse.Types.InferOutputTensor { Name = "y", Datatype = "BYTES" };
        output.Shape.Add(1);
        response.Outputs.Add(output);
        response.RawOutputContents.Add(request.RawInputContents[0]);
        return response;
    }
}
