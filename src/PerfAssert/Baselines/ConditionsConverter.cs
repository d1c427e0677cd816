using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PerfAssert.Baselines;

/// <summary>
/// The conditions of a run. Nearly every run repeats those of the run that was read before it: it gets the same map, which is not built
/// again and is equal at a glance.
/// </summary>
internal sealed class ConditionsConverter : JsonConverter<ImmutableSortedDictionary<string, string>>
{
    private readonly OrdinalMapConverter<string> map = new();

    private volatile ImmutableSortedDictionary<string, string>? last;

    public override ImmutableSortedDictionary<string, string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var ahead = reader;
        if (last is { } known && Repeats(ref ahead, known))
        {
            reader = ahead;
            return known;
        }

        var read = map.Read(ref reader, typeToConvert, options);
        last = read;
        return read;
    }

    public override void Write(Utf8JsonWriter writer, ImmutableSortedDictionary<string, string> value, JsonSerializerOptions options) =>
        map.Write(writer, value, options);

    /// <summary>Whether the same texts follow in the same order, which is that of their names.</summary>
    private static bool Repeats(ref Utf8JsonReader reader, ImmutableSortedDictionary<string, string> known)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        foreach (var (key, text) in known)
        {
            if (!IsNext(ref reader, JsonTokenType.PropertyName, key) || !IsNext(ref reader, JsonTokenType.String, text))
            {
                return false;
            }
        }

        return reader.Read() && reader.TokenType == JsonTokenType.EndObject;
    }

    private static bool IsNext(ref Utf8JsonReader reader, JsonTokenType type, string text) =>
        reader.Read() && reader.TokenType == type && reader.ValueTextEquals(text);
}
