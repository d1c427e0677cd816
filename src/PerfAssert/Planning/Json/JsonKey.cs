using System.Text.Json.Nodes;

namespace PerfAssert.Planning.Json;

/// <summary>A key of an object: its name, its meaning, how its value is read and what its JSON Schema is.</summary>
internal sealed class JsonKey<T>
{
    private readonly Func<JsonObject> schema;

    private JsonKey(string name, string description, bool isRequired, Action<T, LocatedJson> read, Func<JsonObject> schema)
    {
        Name = name;
        Description = description;
        IsRequired = isRequired;
        Read = read;
        this.schema = schema;
    }

    public string Name { get; }

    /// <summary>One sentence without a full stop; editors show it.</summary>
    public string Description { get; }

    public bool IsRequired { get; }

    /// <summary>Reads the value into the object.</summary>
    public Action<T, LocatedJson> Read { get; }

    public static JsonKey<T> Of<TValue>(
        string name, string description, JsonShape<TValue> shape, Action<T, Located<TValue>> set, bool isRequired = false) =>
        new(name, description, isRequired, (target, json) => set(target, shape.ReadLocated(json)), shape.ToSchema);

    public JsonObject ToSchema()
    {
        var described = new JsonObject { ["description"] = Description };
        foreach (var (keyword, value) in schema())
        {
            described[keyword] = value?.DeepClone();
        }

        return described;
    }
}
