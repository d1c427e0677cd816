using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PerfAssert.Runs;

/// <summary>A list of counts on one line: indented, ten minutes of slices would be six thousand lines.</summary>
internal sealed class CountsConverter : JsonConverter<ImmutableArray<long>>
{
    public override ImmutableArray<long> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("A list of counts is an array.");
        }

        var counts = ImmutableArray.CreateBuilder<long>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var count))
            {
                throw new JsonException("A count is a whole number.");
            }

            counts.Add(count);
        }

        return counts.ToImmutable();
    }

    public override void Write(Utf8JsonWriter writer, ImmutableArray<long> value, JsonSerializerOptions options) =>
        writer.WriteRawValue($"[{string.Join(',', value.Select(count => count.ToString(CultureInfo.InvariantCulture)))}]");
}
