using System.Text.Json;

using SentimentServer.Model;
using SentimentServer.Protocol.Messages;

namespace SentimentServer.Protocol;

/// <summary>Answers <c>POST …/infer</c>.</summary>
internal sealed class InferEndpoint(Inference inference)
{
    public async Task<InferResponse> HandleAsync(string name, string? version, HttpContext context)
    {
        var answer = await inference.AnswerAsync(name, version, context, cancellationToken => ReadAsync(context.Request, cancellationToken));
        return new InferResponse(
            SentimentModel.Name,
            SentimentModel.Version,
            answer.Request.Id,
            SentimentTensors.Write(answer.Sentiments, answer.Request.Outputs));
    }

    private static async ValueTask<SentimentRequest> ReadAsync(HttpRequest http, CancellationToken cancellationToken)
    {
        if (http.Headers.ContainsKey("Inference-Header-Content-Length"))
        {
            throw ProtocolException.BadRequest("the binary tensor extension is not supported: send the tensors as JSON");
        }

        try
        {
            var request = await JsonSerializer.DeserializeAsync(http.Body, ProtocolJson.Wire.InferRequest, cancellationToken)
                ?? throw ProtocolException.BadRequest("the request is null, expected an object");
            var outputs = SentimentTensors.Requested(request);
            return new SentimentRequest(request.Id, TextTensor.Read(request), outputs);
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
