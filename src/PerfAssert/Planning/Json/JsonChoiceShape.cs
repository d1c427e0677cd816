using System.Text.Json;
using System.Text.Json.Nodes;
using PerfAssert.Expressions;

namespace PerfAssert.Planning.Json;

/// <summary>One of a few words.</summary>
internal sealed class JsonChoiceShape<T>(params (string Word, T Value)[] choices) : JsonShape<T>
{
    public override T Read(LocatedJson json)
    {
        var words = choices.Select(choice => choice.Word).ToList();
        var index = json.Kind == JsonValueKind.String ? words.IndexOf(json.Text) : -1;
        return index >= 0
            ? choices[index].Value
            : throw json.Unexpected(Suggestion.List([.. words.Select(word => $"\"{word}\"")]) + Suggestion.For(json.Text, words));
    }

    public override JsonObject ToSchema() => new()
    {
        ["enum"] = new JsonArray([.. choices.Select(choice => JsonValue.Create(choice.Word))]),
    };
}
