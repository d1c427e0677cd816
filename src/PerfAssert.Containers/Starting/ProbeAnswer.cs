using System.Net;
using System.Text.Json;

namespace PerfAssert.Containers.Starting;

/// <summary>What a starting server answered.</summary>
/// <param name="Question">Method and address.</param>
/// <param name="Status">Its status; null: no answer.</param>
/// <param name="Body">Its body.</param>
/// <param name="Problem">Why there is no answer.</param>
internal sealed record ProbeAnswer(string Question, HttpStatusCode? Status, string Body, string? Problem)
{
    public bool Ok => Status is >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices;

    public override string ToString() => Problem is not null
        ? $"{Question}: {Problem}"
        : $"{Question}: HTTP {(int)Status!} {Body.ReplaceLineEndings(" ")}".TrimEnd();

    /// <summary>Null if the answer is a success and, where asked for, its body is right; otherwise itself in words.</summary>
    public string? Unless(Func<string, bool>? body = null) => Ok && body?.Invoke(Body) != false ? null : ToString();

    /// <summary>The same for a body of JSON; what is no JSON is not right.</summary>
    public string? UnlessJson(Func<JsonElement, bool> body) => Unless(text =>
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return body(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return false;
        }
    });
}
