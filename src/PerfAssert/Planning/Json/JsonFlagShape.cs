using System.Text.Json;
using System.Text.Json.Nodes;

namespace PerfAssert.Planning.Json;

/// <summary>True or false.</summary>
internal sealed class JsonFlagShape : JsonShape<bool>
{
    public override bool Read(LocatedJson json) => json.Kind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw json.Unexpected("true or false"),
    };

    public override JsonObject ToSchema() => new() { ["type"] = "boolean" };
}
