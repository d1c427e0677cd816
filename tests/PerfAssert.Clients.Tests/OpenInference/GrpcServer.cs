using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PerfAssert.Clients.OpenInference.Wire;

namespace PerfAssert.Clients.Tests.OpenInference;

/// <summary>A real gRPC server on loopback.</summary>
internal sealed class GrpcServer : IAsyncDisposable
{
    private readonly WebApplication application;

    private GrpcServer(WebApplication application) => this.application = application;

    public Uri Address => new(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public static async Task<GrpcServer> StartAsync(Func<ModelInferRequest, ServerCallContext, Task<ModelInferResponse>> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(
            System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = null);
        builder.Services.AddSingleton(new Service(answer));
        var application = builder.Build();
        application.MapGrpcService<Service>();
        await application.StartAsync();
        return new GrpcServer(application);
    }

    public ValueTask DisposeAsync() => application.DisposeAsync();

    private sealed class Service(Func<ModelInferRequest, ServerCallContext, Task<ModelInferResponse>> answer) : GRPCInferenceService.GRPCInferenceServiceBase
    {
        public override Task<ModelInferResponse> ModelInfer(ModelInferRequest request, ServerCallContext context) => answer(request, context);

        public override Task<ModelReadyResponse> ModelReady(ModelReadyRequest request, ServerCallContext context) =>
            Task.FromResult(new ModelReadyResponse { Ready = request.Name == "ready" });
    }
}
