using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PerfAssert.Planning.Json;

/// <summary>An object whose keys are names the user chooses. The order of the file is kept.</summary>
/// <param name="values">The shape of each value.</param>
/// <param name="names">A regular expression every name must match.</param>
/// <param name="expectedName">What a name must be, for people.</param>
internal sealed class JsonMapShape<T>(JsonShape<T> values, Regex names, string expectedName)
    : JsonShape<ImmutableArray<(Located<string> Name, T Value)>>
{
    public override ImmutableArray<(Located<string> Name, T Value)> Read(LocatedJson json) => json.Kind == JsonValueKind.Object
        ? [.. json.Members.Select(member => (Check(member.Name), values.Read(member.Value)))]
        : throw json.Unexpected($"an object whose keys are {expectedName}");

    public override JsonObject ToSchema() => new()
    {
        ["type"] = "object",
        ["propertyNames"] = new JsonObject { ["pattern"] = names.ToString() },
        ["additionalProperties"] = values.ToSchema(),
    };

    private Located<string> Check(Located<string> name) => names.IsMatch(name.Value)
        ? name
        : throw name.Place.Error($"found the key '{name.Value}', expected {expectedName}");
}
