using System.Text;
using System.Text.Json;

namespace PerfAssert.Clients;

/// <summary>The body of a successful answer. Nothing is decoded before it is asked for.</summary>
public sealed class Answer
{
    internal Answer(ReadOnlyMemory<byte> body, string? contentType, ReadOnlyMemory<byte>? json = null)
    {
        Body = body;
        ContentType = contentType;
        Json = json ?? body;
    }

    /// <summary>The bytes as they came.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>Media type without its parameters, such as <c>application/json</c>; null when the server named none.</summary>
    public string? ContentType { get; }

    /// <summary>The body read as UTF-8.</summary>
    public string Text => Encoding.UTF8.GetString(Body.Span);

    /// <summary>The body as JSON that every reader takes.</summary>
    internal ReadOnlyMemory<byte> Json { get; }

    /// <summary>
    /// Parses the body as JSON. Where TensorFlow Serving answers <c>NaN</c>, <c>Infinity</c> or <c>-Infinity</c>, which are no JSON, stands a text
    /// of that name.
    /// </summary>
    /// <returns>Its root.</returns>
    /// <exception cref="JsonException">The body is no JSON.</exception>
    public JsonElement ToJson() => JsonElement.Parse(Json.Span);
}
