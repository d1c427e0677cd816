using Grpc.Net.Client;

using PerfAssert.Clients.OpenInference;
using PerfAssert.Clients.OpenInference.Wire;

using Xunit;

namespace SentimentServer.Tests.Hosting;

/// <summary>One well-behaved server for all tests of a class, with gRPC.</summary>
public sealed class GrpcServer : IAsyncLifetime
{
    private ServerProcess? _server;
    private GrpcChannel? _channel;

    internal ServerProcess Process => _server!;

    /// <summary>The generated client: for what a load test has no use for.</summary>
    internal GRPCInferenceService.GRPCInferenceServiceClient Generated => new(_channel!);

    internal OpenInferenceGrpcClient Client(TensorEncoding encoding = TensorEncoding.Raw) => new(_server!.GrpcAddress!, encoding);

    public async Task InitializeAsync()
    {
        _server = await ServerProcess.StartAsync("--grpc-port", "0");
        _channel = GrpcChannel.ForAddress(_server.GrpcAddress!);
    }

    public async Task DisposeAsync()
    {
        _channel?.Dispose();
        await _server!.DisposeAsync();
    }
}
