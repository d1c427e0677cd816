using System.Text.Json;
using System.Text.Json.Serialization;
using HdrHistogram;

namespace PerfAssert.Runs;

/// <summary>A histogram as one JSON string.</summary>
internal sealed class HistogramConverter : JsonConverter<HistogramBase>
{
    public override HistogramBase Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException("A histogram is a string.");
        }

        try
        {
            return HistogramCode.FromText(reader.GetString()!);
        }
        catch (FormatException exception)
        {
            throw new JsonException(exception.Message, exception);
        }
    }

    public override void Write(Utf8JsonWriter writer, HistogramBase value, JsonSerializerOptions options) =>
        writer.WriteStringValue(HistogramCode.ToText(value));
}
