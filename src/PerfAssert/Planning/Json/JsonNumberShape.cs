using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PerfAssert.Planning.Json;

/// <summary>A number in a range, whole when <typeparamref name="T"/> is an integer.</summary>
internal sealed class JsonNumberShape<T>(T min, T max, bool minExcluded = false, bool maxExcluded = false) : JsonShape<T>
    where T : struct, INumber<T>
{
    private static readonly bool IsWhole = T.One / (T.One + T.One) == T.Zero;

    public override T Read(LocatedJson json) =>
        json.Kind == JsonValueKind.Number
        && T.TryParse(json.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && (minExcluded ? number > min : number >= min)
        && (maxExcluded ? number < max : number <= max)
            ? number
            : throw json.Unexpected(Expected);

    public override JsonObject ToSchema() => new()
    {
        ["type"] = IsWhole ? "integer" : "number",
        [minExcluded ? "exclusiveMinimum" : "minimum"] = JsonValue.Create(min),
        [maxExcluded ? "exclusiveMaximum" : "maximum"] = JsonValue.Create(max),
    };

    private string Expected => string.Create(
        CultureInfo.InvariantCulture,
        $"a {(IsWhole ? "whole number" : "number")} {(minExcluded ? "above" : "from")} {min} {(maxExcluded ? "and below" : "to")} {max}");
}
