using Grpc.Core;

using PerfAssert.Clients.OpenInference.Wire;

using SentimentServer.Model;

namespace SentimentServer.Protocol;

/// <summary>The Open Inference Protocol v2 over gRPC, with the answers and the faults of the HTTP routes.</summary>
internal sealed partial class GrpcEndpoint(SentimentModel model, Inference inference, ILogger<GrpcEndpoint> logger)
    : GRPCInferenceService.GRPCInferenceServiceBase
{
    public override Task<ServerLiveResponse> ServerLive(ServerLiveRequest request, ServerCallContext context) =>
        Task.FromResult(new ServerLiveResponse { Live = true });

    public override Task<ServerReadyResponse> ServerReady(ServerReadyRequest request, ServerCallContext context) =>
        Task.FromResult(new ServerReadyResponse { Ready = model.IsReady });

    public override Task<ModelReadyResponse> ModelReady(ModelReadyRequest request, ServerCallContext context)
    {
        Require(request.Name, request.Version);
        return Task.FromResult(new ModelReadyResponse { Ready = model.IsReady });
    }

    public override Task<ServerMetadataResponse> ServerMetadata(ServerMetadataRequest request, ServerCallContext context) =>
        Task.FromResult(new ServerMetadataResponse
        {
            Name = ServedModel.Server.Name,
            Version = ServedModel.Server.Version,
            Extensions = { ServedModel.Server.Extensions },
        });

    public override Task<ModelMetadataResponse> ModelMetadata(ModelMetadataRequest request, ServerCallContext context)
    {
        Require(request.Name, request.Version);
        return Task.FromResult(GrpcTensors.Write(ServedModel.Metadata));
    }

    public override async Task<ModelInferResponse> ModelInfer(ModelInferRequest request, ServerCallContext context)
    {
        var http = context.GetHttpContext();
        try
        {
            var answer = await inference.AnswerAsync(
                request.ModelName, VersionOrLatest(request.ModelVersion), http, _ => ValueTask.FromResult(GrpcTensors.Read(request)));
            return GrpcTensors.Write(answer);
        }
        catch (Exception exception)
        {
            var status = ErrorMiddleware.StatusOf(exception, http);
            if (status == StatusCodes.Status500InternalServerError && exception is not ProtocolException)
            {
                LogUnexpected(exception);
                throw new RpcException(new Status(StatusCode.Internal, "internal error"));
            }

            throw Failure(status, exception.Message);
        }
    }

    private static void Require(string name, string version)
    {
        try
        {
            ServedModel.Require(name, VersionOrLatest(version));
        }
        catch (ProtocolException exception)
        {
            throw Failure(exception.Status, exception.Message);
        }
    }

    // proto3 has no absent string.
    private static string? VersionOrLatest(string version) => version.Length == 0 ? null : version;

    private static RpcException Failure(int status, string message) => new(new Status(
        status switch
        {
            StatusCodes.Status400BadRequest => StatusCode.InvalidArgument,
            StatusCodes.Status404NotFound => StatusCode.NotFound,
            StatusCodes.Status499ClientClosedRequest => StatusCode.Cancelled,
            StatusCodes.Status503ServiceUnavailable => StatusCode.Unavailable,
            _ => StatusCode.Internal,
        },
        message));

    [LoggerMessage(Level = LogLevel.Error, Message = "A request failed.")]
    private partial void LogUnexpected(Exception exception);
}
