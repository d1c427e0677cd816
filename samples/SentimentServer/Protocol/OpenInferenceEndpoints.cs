using System.Text.Json.Serialization.Metadata;

using Microsoft.AspNetCore.Http.HttpResults;

using SentimentServer.Model;
using SentimentServer.Protocol.Messages;

namespace SentimentServer.Protocol;

/// <summary>The routes of the Open Inference Protocol v2 over HTTP.</summary>
internal static class OpenInferenceEndpoints
{
    public static void MapOpenInference(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v2", () => Json(ServedModel.Server, ProtocolJson.Wire.ServerMetadata));
        routes.MapGet("/v2/health/live", () => Json(new ServerLive(true), ProtocolJson.Wire.ServerLive));
        routes.MapGet("/v2/health/ready", (SentimentModel model) =>
            Json(new ServerReady(model.IsReady), ProtocolJson.Wire.ServerReady, ReadyStatus(model)));

        foreach (var prefix in (string[])["/v2/models/{name}", "/v2/models/{name}/versions/{version}"])
        {
            routes.MapGet(prefix, GetMetadata);
            routes.MapGet($"{prefix}/ready", GetReady);
            routes.MapPost($"{prefix}/infer", (string name, string? version, HttpContext context, InferEndpoint infer) =>
                infer.HandleAsync(name, version, context));
        }
    }

    private static JsonHttpResult<ModelMetadata> GetMetadata(string name, string? version)
    {
        ServedModel.Require(name, version);
        return Json(ServedModel.Metadata, ProtocolJson.Wire.ModelMetadata);
    }

    private static JsonHttpResult<ModelReady> GetReady(string name, string? version, SentimentModel model)
    {
        ServedModel.Require(name, version);
        return Json(new ModelReady(name, model.IsReady), ProtocolJson.Wire.ModelReady, ReadyStatus(model));
    }

    private static int ReadyStatus(SentimentModel model) =>
        model.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;

    private static JsonHttpResult<T> Json<T>(T body, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK) =>
        TypedResults.Json(body, type, statusCode: status);
}
