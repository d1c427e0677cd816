using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PerfAssert.Planning.Files;

/// <summary>The JSON Schema of <c>perf-budgets.json</c>, made from the shape that reads it.</summary>
internal static class BudgetsFileSchema
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NewLine = "\n",

        // The schema is read by people and editors, never inside HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The text of <c>build/perf-budgets.schema.json</c>.</summary>
    public static string Text()
    {
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = BudgetsFile.FileName,
            ["description"] = "Performance budgets of PerfAssert: they add to and replace those of the attributes",
        };
        foreach (var (keyword, value) in BudgetsFileShape.Root.ToSchema())
        {
            schema[keyword] = value?.DeepClone();
        }

        return schema.ToJsonString(Options) + "\n";
    }
}
