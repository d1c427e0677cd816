using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PerfAssert.Clients.Streaming;

/// <summary>Small steps of reading JSON forward only.</summary>
internal static class JsonReading
{
    /// <summary>Moves to the next member of an object, onto its value.</summary>
    /// <returns>False at the end of the object.</returns>
    public static bool NextMember(this ref Utf8JsonReader reader, out ReadOnlySpan<byte> name)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.EndObject)
        {
            name = default;
            return false;
        }

        name = reader.ValueSpan;
        reader.Read();
        return true;
    }

    /// <summary>Enters the object that is the whole of the JSON.</summary>
    public static void EnterRoot(this ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("an object was expected");
        }
    }

    /// <summary>Whether the value is an object; another value is passed over.</summary>
    public static bool IsObject(this ref Utf8JsonReader reader) => IsOrSkip(ref reader, JsonTokenType.StartObject);

    /// <summary>Whether the value is an array; another value is passed over.</summary>
    public static bool IsArray(this ref Utf8JsonReader reader) => IsOrSkip(ref reader, JsonTokenType.StartArray);

    /// <summary>Moves to the next item of an array.</summary>
    public static bool NextItem(this ref Utf8JsonReader reader) => reader.Read() && reader.TokenType != JsonTokenType.EndArray;

    public static double? Number(this ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var value) ? value : Nothing<double>(ref reader);

    public static long? Count(this ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value) && value >= 0 ? value : Nothing<long>(ref reader);

    public static string? Text(this ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.GetString();
        }

        reader.Skip();
        return null;
    }

    /// <summary>An error as servers write it: a sentence, or an object with a code or type and a message. Null is none.</summary>
    public static (string? Code, string? Words)? Error(this ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null or JsonTokenType.False:
                return null;
            case JsonTokenType.String:
                return (null, reader.GetString());
            case JsonTokenType.StartObject:
                string? code = null, type = null, message = null;
                while (reader.NextMember(out var name))
                {
                    if (name.SequenceEqual("code"u8))
                    {
                        code = reader.TokenType == JsonTokenType.Number ? Encoding.UTF8.GetString(reader.ValueSpan) : reader.Text();
                    }
                    else if (name.SequenceEqual("type"u8))
                    {
                        type = reader.Text();
                    }
                    else if (name.SequenceEqual("message"u8))
                    {
                        message = reader.Text();
                    }
                    else
                    {
                        reader.Skip();
                    }
                }

                return (type ?? code, message);
            default:
                reader.Skip();
                return (null, string.Create(CultureInfo.InvariantCulture, $"an error of JSON type {reader.TokenType}"));
        }
    }

    private static T? Nothing<T>(ref Utf8JsonReader reader)
        where T : struct
    {
        reader.Skip();
        return null;
    }

    private static bool IsOrSkip(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (reader.TokenType == type)
        {
            return true;
        }

        reader.Skip();
        return false;
    }
}
