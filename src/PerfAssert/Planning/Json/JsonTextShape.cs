using System.Text.Json;
using System.Text.Json.Nodes;
using PerfAssert.Expressions;

namespace PerfAssert.Planning.Json;

/// <summary>A string that means something: an expression, a name, a date.</summary>
/// <param name="expected">What it must be, with an example.</param>
/// <param name="parse">Its meaning; <see cref="PerfExpressionException"/> when it has none.</param>
/// <param name="examples">For editors.</param>
internal sealed class JsonTextShape<T>(string expected, Func<string, T> parse, params string[] examples) : JsonShape<T>
{
    public override T Read(LocatedJson json)
    {
        if (json.Kind != JsonValueKind.String)
        {
            throw json.Unexpected(expected);
        }

        try
        {
            return parse(json.Text);
        }
        catch (PerfExpressionException exception)
        {
            // The first character of the text stands behind the quote.
            var place = json.IsVerbatim ? json.Place with { Column = json.Place.Column + exception.Column } : json.Place;
            throw place.Error(exception.Message);
        }
    }

    public override JsonObject ToSchema()
    {
        var schema = new JsonObject { ["type"] = "string", ["minLength"] = 1 };
        if (examples.Length > 0)
        {
            schema["examples"] = new JsonArray([.. examples.Select(example => JsonValue.Create(example))]);
        }

        return schema;
    }
}
