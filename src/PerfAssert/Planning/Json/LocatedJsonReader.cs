using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace PerfAssert.Planning.Json;

/// <summary>Reads JSON with comments and trailing commas into <see cref="LocatedJson"/>. A duplicate key is an error.</summary>
internal ref struct LocatedJsonReader
{
    private static readonly JsonReaderOptions Options = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    private readonly string file;
    private readonly ReadOnlySpan<byte> utf8;
    private Utf8JsonReader reader;

    private LocatedJsonReader(string file, ReadOnlySpan<byte> utf8)
    {
        this.file = file;
        this.utf8 = utf8;
        reader = new Utf8JsonReader(utf8, Options);
    }

    /// <summary>Reads a file's text.</summary>
    /// <param name="file">The file's name for messages.</param>
    /// <param name="text">Its text.</param>
    /// <exception cref="PerfPlanException">It is not JSON.</exception>
    public static LocatedJson Read(string file, string text)
    {
        var source = new LocatedJsonReader(file, Encoding.UTF8.GetBytes(text));
        try
        {
            source.reader.Read();
            var value = source.ReadValue();
            source.reader.Read();
            return value;
        }
        catch (JsonException exception)
        {
            throw source.SyntaxError(exception);
        }
    }

    private LocatedJson ReadValue()
    {
        var place = PlaceAt((int)reader.TokenStartIndex);
        return reader.TokenType switch
        {
            JsonTokenType.StartObject => new(JsonValueKind.Object, place, "", true, ReadMembers(), []),
            JsonTokenType.StartArray => new(JsonValueKind.Array, place, "", true, [], ReadItems()),
            JsonTokenType.String => new(JsonValueKind.String, place, Text(place), !reader.ValueIsEscaped, [], []),
            JsonTokenType.Number => new(JsonValueKind.Number, place, Encoding.UTF8.GetString(reader.ValueSpan), true, [], []),
            JsonTokenType.True => new(JsonValueKind.True, place, "true", true, [], []),
            JsonTokenType.False => new(JsonValueKind.False, place, "false", true, [], []),
            _ => new(JsonValueKind.Null, place, "null", true, [], []),
        };
    }

    private ImmutableArray<(Located<string> Name, LocatedJson Value)> ReadMembers()
    {
        var members = ImmutableArray.CreateBuilder<(Located<string> Name, LocatedJson Value)>();
        var seen = new Dictionary<string, JsonPlace>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var place = PlaceAt((int)reader.TokenStartIndex);
            var name = new Located<string>(Text(place), place);
            if (!seen.TryAdd(name.Value, name.Place))
            {
                var first = seen[name.Value];
                throw name.Place.Error($"found the key '{name.Value}' a second time, expected it once: it is already at line {first.Line}, column {first.Column}; merge the two");
            }

            reader.Read();
            members.Add((name, ReadValue()));
        }

        return members.ToImmutable();
    }

    private ImmutableArray<LocatedJson> ReadItems()
    {
        var items = ImmutableArray.CreateBuilder<LocatedJson>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(ReadValue());
        }

        return items.ToImmutable();
    }

    private readonly string Text(JsonPlace place)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // The only one for a text: an escape such as \ud83d without its other half.
            throw place.Error(@"found half of a surrogate pair, expected both, \ud83d\ude00 for instance");
        }
    }

    private readonly JsonPlace PlaceAt(int offset)
    {
        var before = utf8[..Math.Min(offset, utf8.Length)];
        var lineStart = before.LastIndexOf((byte)'\n') + 1;
        return new JsonPlace(file, before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[lineStart..]) + 1);
    }

    private readonly PerfPlanException SyntaxError(JsonException exception)
    {
        var line = (int)(exception.LineNumber ?? 0);
        var lineStart = 0;
        for (var i = 0; i < line; i++)
        {
            lineStart += utf8[lineStart..].IndexOf((byte)'\n') + 1;
        }

        var place = PlaceAt(lineStart + (int)(exception.BytePositionInLine ?? 0));
        var problem = exception.Message.Split(" LineNumber:")[0].TrimEnd('.');
        return place.Error($"this is not JSON: {problem}");
    }
}
