using System.Collections.Immutable;
using System.Text.Json;

namespace PerfAssert.Planning.Json;

/// <summary>A JSON value that remembers where it stands, so that every message can name line and column.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Place">Where it starts.</param>
/// <param name="Text">The value of a string, otherwise the token as typed; empty for objects and arrays.</param>
/// <param name="IsVerbatim">Whether <paramref name="Text"/> is typed without escapes: a column inside it is a column of the file.</param>
/// <param name="Members">The members of an object, in file order.</param>
/// <param name="Items">The items of an array.</param>
internal sealed record LocatedJson(
    JsonValueKind Kind,
    JsonPlace Place,
    string Text,
    bool IsVerbatim,
    ImmutableArray<(Located<string> Name, LocatedJson Value)> Members,
    ImmutableArray<LocatedJson> Items)
{
    /// <summary>The error that something else than <paramref name="expected"/> was found here.</summary>
    public PerfPlanException Unexpected(string expected) => Place.Error($"found {Found}, expected {expected}");

    private string Found => Kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => $"'{Text}'",
        _ => Text,
    };
}
