using System.Text.Json;

using SentimentServer.Faults;
using SentimentServer.Model;
using SentimentServer.Protocol.Messages;
using SentimentServer.Telemetry;

namespace SentimentServer.Protocol;

/// <summary>Answers <c>POST …/infer</c>.</summary>
internal sealed class InferEndpoint(SentimentModel model, FaultInjector faults, InferenceMetrics metrics)
{
    public async Task<InferResponse> HandleAsync(string name, string? version, HttpContext context)
    {
        try
        {
            var response = await InferAsync(name, version, context);
            metrics.Answered();
            return response;
        }
        catch (Exception exception)
        {
            metrics.Failed(ErrorMiddleware.StatusOf(exception, context));
            throw;
        }
    }

    private async Task<InferResponse> InferAsync(string name, string? version, HttpContext context)
    {
        ServedModel.Require(name, version);
        if (!model.IsReady)
        {
            throw new ProtocolException(StatusCodes.Status503ServiceUnavailable, $"model '{SentimentModel.Name}' is not ready");
        }

        await faults.ApplyAsync(context.RequestAborted);

        var request = await ReadAsync(context);
        var names = SentimentTensors.Requested(request);
        var sentiments = await model.ClassifyAsync(TextTensor.Read(request), context.RequestAborted);
        return new InferResponse(
            SentimentModel.Name, SentimentModel.Version, request.Id, SentimentTensors.Write(sentiments, names));
    }

    private static async Task<InferRequest> ReadAsync(HttpContext context)
    {
        if (context.Request.Headers.ContainsKey("Inference-Header-Content-Length"))
        {
            throw ProtocolException.BadRequest("the binary tensor extension is not supported: send the tensors as JSON");
        }

        try
        {
            return await JsonSerializer.DeserializeAsync(
                    context.Request.Body, ProtocolJson.Wire.InferRequest, context.RequestAborted)
                ?? throw ProtocolException.BadRequest("the request is null, expected an object");
        }
        catch (JsonException exception)
        {
            // The parser's own message would name our types.
            throw ProtocolException.BadRequest(
                $"the request is no valid JSON, or a value is of the wrong kind, at {exception.Path ?? "$"}"
                + $" (line {exception.LineNumber + 1 ?? 1}, byte {exception.BytePositionInLine ?? 0})");
        }
    }
}
