using System.Text.Json;
using System.Text.Json.Nodes;
using PerfAssert.Expressions;

namespace PerfAssert.Planning.Json;

/// <summary>An object with known keys. An unknown or a missing key is an error.</summary>
internal sealed class JsonObjectShape<T>(params JsonKey<T>[] keys) : JsonShape<T>
    where T : new()
{
    public override T Read(LocatedJson json)
    {
        if (json.Kind != JsonValueKind.Object)
        {
            throw json.Unexpected("an object with " + KeyList);
        }

        var target = new T();
        foreach (var (name, value) in json.Members)
        {
            Find(name).Read(target, value);
        }

        var missing = keys.FirstOrDefault(key => key.IsRequired && json.Members.All(member => member.Name.Value != key.Name));
        return missing is null ? target : throw json.Place.Error($"found no key '{missing.Name}' in this object, expected it: {missing.Description}");
    }

    public override JsonObject ToSchema()
    {
        var schema = new JsonObject { ["type"] = "object", ["additionalProperties"] = false };
        if (keys.Any(key => key.IsRequired))
        {
            schema["required"] = new JsonArray([.. keys.Where(key => key.IsRequired).Select(key => JsonValue.Create(key.Name))]);
        }

        schema["properties"] = new JsonObject(keys.Select(key => KeyValuePair.Create<string, JsonNode?>(key.Name, key.ToSchema())));
        return schema;
    }

    private string KeyList => Suggestion.List([.. keys.Select(key => key.Name)]);

    private JsonKey<T> Find(Located<string> name) =>
        keys.FirstOrDefault(key => key.Name == name.Value)
        ?? throw name.Place.Error($"unknown key '{name.Value}', expected {KeyList}{Suggestion.For(name.Value, keys.Select(key => key.Name))}");
}
