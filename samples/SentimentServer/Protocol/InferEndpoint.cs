using System.Globalization;
using System.Text.Json;

using Microsoft.AspNetCore.Http.HttpResults;

using SentimentServer.Model;
using SentimentServer.Protocol.Messages;

namespace SentimentServer.Protocol;

/// <summary>Answers <c>POST …/infer</c>, with tensors as JSON or, by the binary tensor extension, as bytes behind it.</summary>
internal sealed class InferEndpoint(Inference inference)
{
    private const string JsonLength = "Inference-Header-Content-Length";

    public async Task<IResult> HandleAsync(string name, string? version, HttpContext context)
    {
        var answer = await inference.AnswerAsync(name, version, context, cancellationToken => ReadAsync(context.Request, cancellationToken));
        var response = new InferResponse(
            SentimentModel.Name,
            SentimentModel.Version,
            answer.Request.Id,
            SentimentTensors.Write(answer.Sentiments, answer.Request.Outputs));
        return response.Outputs.Any(output => output is RawInferOutput)
            ? WithRaw(response, context.Response.Headers)
            : TypedResults.Json(response, ProtocolJson.Wire.InferResponse);
    }

    private static FileContentHttpResult WithRaw(InferResponse response, IHeaderDictionary headers)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(response, ProtocolJson.Wire.InferResponse);
        headers[JsonLength] = json.Length.ToString(CultureInfo.InvariantCulture);
        return TypedResults.Bytes(
            (byte[])[.. json, .. response.Outputs.OfType<RawInferOutput>().SelectMany(output => output.Data)], "application/octet-stream");
    }

    private static async ValueTask<SentimentRequest> ReadAsync(HttpRequest http, CancellationToken cancellationToken)
    {
        // The limit of a body is small enough to have it in memory whole.
        using var buffer = new MemoryStream();
        await http.Body.CopyToAsync(buffer, cancellationToken);
        var body = buffer.GetBuffer().AsSpan(0, (int)buffer.Length);
        var length = http.Headers[JsonLength] is [{ } header] ? Length(header, body.Length) : body.Length;
        try
        {
            var request = JsonSerializer.Deserialize(body[..length], ProtocolJson.Wire.InferRequest)
                ?? throw ProtocolException.BadRequest("the request is null, expected an object");
            var outputs = SentimentTensors.Requested(request);
            return new SentimentRequest(request.Id, TextTensor.Read(request, body[length..]), outputs);
        }
        catch (JsonException exception)
        {
            // The parser's own message would name our types.
            throw ProtocolException.BadRequest(
                $"the request is no valid JSON, or a value is of the wrong kind, at {exception.Path ?? "$"}"
                + $" (line {exception.LineNumber + 1 ?? 1}, byte {exception.BytePositionInLine ?? 0})");
        }
    }

    private static int Length(string header, int bodyLength) =>
        int.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length <= bodyLength
            ? length
            : throw ProtocolException.BadRequest($"{JsonLength} is '{header}', expected the length of the JSON in a body of {bodyLength} bytes");
}
