using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PerfAssert.Planning.Json;

/// <summary>A list of values of one shape.</summary>
/// <param name="items">The shape of each item.</param>
/// <param name="expected">What it must be, with an example.</param>
internal sealed class JsonListShape<T>(JsonShape<T> items, string expected) : JsonShape<ImmutableArray<Located<T>>>
{
    public override ImmutableArray<Located<T>> Read(LocatedJson json) => json.Kind == JsonValueKind.Array
        ? [.. json.Items.Select(items.ReadLocated)]
        : throw json.Unexpected(expected);

    public override JsonObject ToSchema() => new() { ["type"] = "array", ["items"] = items.ToSchema() };
}
