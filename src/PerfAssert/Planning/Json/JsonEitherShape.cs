using System.Text.Json;
using System.Text.Json.Nodes;

namespace PerfAssert.Planning.Json;

/// <summary>A string, or an object.</summary>
internal sealed class JsonEitherShape<T>(JsonShape<T> text, JsonShape<T> other, string expected) : JsonShape<T>
{
    public override T Read(LocatedJson json) => json.Kind switch
    {
        JsonValueKind.String => text.Read(json),
        JsonValueKind.Object => other.Read(json),
        _ => throw json.Unexpected(expected),
    };

    public override JsonObject ToSchema() => new() { ["oneOf"] = new JsonArray(text.ToSchema(), other.ToSchema()) };
}
