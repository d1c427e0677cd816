using System.Text.RegularExpressions;

namespace PerfAssert.Baselines;

/// <summary>What an environment may be called: it is the name of a folder of baselines, and leads nowhere else.</summary>
internal static partial class EnvironmentName
{
    /// <summary>The rule, for people.</summary>
    public const string Expected = "a name of letters, digits, '.', '_' and '-'";

    // Its $ also stands before a line end: as JSON Schema needs it there is no stricter one.
    public static bool IsValid(string name) => Rule().IsMatch(name) && name[^1] != '\n';

    /// <summary>The rule, for the JSON Schema as well.</summary>
    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    public static partial Regex Rule();
}
