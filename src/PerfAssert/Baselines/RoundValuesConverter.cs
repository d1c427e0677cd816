using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PerfAssert.Baselines;

/// <summary>The values of each metric in each round. They are nearly all numbers of a baseline, so they are read without the serializer's machinery for each.</summary>
internal sealed class RoundValuesConverter : JsonConverter<ImmutableSortedDictionary<string, ImmutableArray<double?>>>
{
    private readonly OrdinalMapConverter<ImmutableArray<double?>> map = new();

    public override ImmutableSortedDictionary<string, ImmutableArray<double?>> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        Require(reader.TokenType == JsonTokenType.StartObject);
        var metrics = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<double?>>(StringComparer.Ordinal);
        var rounds = ImmutableArray.CreateBuilder<double?>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var metric = reader.GetString()!;
            Require(reader.Read() && reader.TokenType == JsonTokenType.StartArray);
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                rounds.Add(Value(ref reader));
            }

            metrics[metric] = rounds.DrainToImmutable();
        }

        return metrics.ToImmutable();
    }

    public override void Write(Utf8JsonWriter writer, ImmutableSortedDictionary<string, ImmutableArray<double?>> value, JsonSerializerOptions options) =>
        map.Write(writer, value, options);

    private static double? Value(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.Number => reader.GetDouble(),
        JsonTokenType.String when reader.ValueTextEquals("Infinity"u8) => double.PositiveInfinity,
        JsonTokenType.String when reader.ValueTextEquals("-Infinity"u8) => double.NegativeInfinity,
        JsonTokenType.String when reader.ValueTextEquals("NaN"u8) => double.NaN,
        _ => throw Wrong(),
    };

    private static void Require(bool condition)
    {
        if (!condition)
        {
            throw Wrong();
        }
    }

    private static JsonException Wrong() => new("Values are a map of metrics, each with a number or null a round.");
}
