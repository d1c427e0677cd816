using System.Text.Encodings.Web;
using System.Text.Json;

namespace PerfAssert.Clients.Http;

/// <summary>Writes a request body: the client's members, and the caller's own in their place or after them.</summary>
internal sealed class JsonBody : IDisposable
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private readonly PooledBuffer buffer = new();
    private readonly JsonElement? extra;
    private readonly HashSet<string> merged = [];
    private JsonElement? inner;
    private bool nested;

    public JsonBody(JsonElement? extra = null)
    {
        this.extra = extra;
        Writer = new Utf8JsonWriter(buffer, Options);
        Writer.WriteStartObject();
    }

    /// <summary>For members that need more than a scalar; ask <see cref="Starts"/> for their name first.</summary>
    public Utf8JsonWriter Writer { get; }

    public static JsonElement ParseExtra(string json)
    {
        try
        {
            var element = JsonElement.Parse(json);
            return element.ValueKind == JsonValueKind.Object
                ? element
                : throw new ArgumentException($"ExtraJson is a JSON object such as {{ \"top_k\": 1 }}, not {element.ValueKind}.");
        }
        catch (JsonException exception)
        {
            throw new ArgumentException($"ExtraJson is no JSON: {exception.Message}", exception);
        }
    }

    /// <summary>Writes the name of a member, unless the caller has one of that name.</summary>
    /// <returns>Whether the value is to be written now.</returns>
    public bool Starts(string name)
    {
        if ((nested ? inner : extra)?.TryGetProperty(name, out _) == true)
        {
            return false;
        }

        Writer.WritePropertyName(name);
        return true;
    }

    public void Text(string name, string? value)
    {
        if (value is not null && Starts(name))
        {
            Writer.WriteStringValue(value);
        }
    }

    public void Number(string name, int? value)
    {
        if (value is { } number && Starts(name))
        {
            Writer.WriteNumberValue(number);
        }
    }

    public void Number(string name, double? value)
    {
        if (value is { } number && Starts(name))
        {
            Writer.WriteNumberValue(number);
        }
    }

    public void Flag(string name, bool value)
    {
        if (Starts(name))
        {
            Writer.WriteBooleanValue(value);
        }
    }

    public void Messages(IReadOnlyList<ChatMessage> messages)
    {
        if (!Starts("messages"))
        {
            return;
        }

        Writer.WriteStartArray();
        foreach (var message in messages)
        {
            Writer.WriteStartObject();
            Writer.WriteString("role", message.Role);
            Writer.WriteString("content", message.Content);
            Writer.WriteEndObject();
        }

        Writer.WriteEndArray();
    }

    /// <summary>
    /// Opens an object whose members are merged with the caller's, unless the caller has something else of that name; closed by
    /// <see cref="CloseObject"/>.
    /// </summary>
    /// <returns>Whether it is open, to be written and closed now.</returns>
    public bool OpensObject(string name)
    {
        inner = extra?.TryGetProperty(name, out var own) == true ? own : null;
        if (inner is { ValueKind: not JsonValueKind.Object })
        {
            return false;
        }

        nested = true;
        merged.Add(name);
        Writer.WriteStartObject(name);
        return true;
    }

    public void CloseObject()
    {
        foreach (var member in inner?.EnumerateObject() ?? default)
        {
            member.WriteTo(Writer);
        }

        nested = false;
        Writer.WriteEndObject();
    }

    /// <summary>Closes the body and adds what only the caller has.</summary>
    public PooledBuffer Close()
    {
        foreach (var member in extra?.EnumerateObject() ?? default)
        {
            if (!merged.Contains(member.Name))
            {
                member.WriteTo(Writer);
            }
        }

        Writer.WriteEndObject();
        Writer.Flush();
        return buffer;
    }

    public BodyContent ToContent() => new(Close(), "application/json");

    public void Dispose() => Writer.Dispose();
}
