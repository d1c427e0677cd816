using PerfAssert.Measurements;

namespace PerfAssert.Tool.Commands;

/// <summary>Arguments as they are printed: many read the log of a build.</summary>
internal static class ArgumentText
{
    private const string Mask = "***";

    /// <summary>A command line without what looks like a secret. When in doubt it shows too little.</summary>
    public static string Of(IReadOnlyList<string> arguments) =>
        string.Join(' ', arguments.Select((argument, i) => Of(argument, i > 0 ? arguments[i - 1] : string.Empty)));

    private static string Of(string argument, string before)
    {
        var scrubbed = SecretScrubber.Scrub(argument);
        if (scrubbed != argument)
        {
            // A blank ends a secret in a sentence, not in an argument.
            var end = argument.Any(char.IsWhiteSpace) ? scrubbed.IndexOf(Mask, StringComparison.Ordinal) + Mask.Length : scrubbed.Length;
            return scrubbed[..end];
        }

        // --api-key VALUE
        var named = $"{before}={argument}";
        return before.StartsWith('-') && !before.Contains('=') && SecretScrubber.Scrub(named) != named ? Mask : argument;
    }
}
