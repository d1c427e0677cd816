using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace PerfAssert.Baselines;

/// <summary>
/// The text of a baseline: JSON with a run a line, so that a promotion is one line more in a diff. Every run's line and the whole file
/// carry a checksum: a file that was cut off, edited by hand or merged is told, with the line.
/// </summary>
internal static class BaselineText
{
    /// <summary>The schema this version writes and reads.</summary>
    public const string CurrentSchema = "perfassert.baseline/1";

    private const string RunStart = "    {\"check\":\"";
    private const string AfterRuns = "  ],";
    private const int HeaderLines = 5;
    private const int CheckLength = 16;

    private static readonly string[] Conflicts = ["<<<<<<<", "=======", ">>>>>>>"];

    public static string Write(Baseline baseline)
    {
        var text = new StringBuilder()
            .Append("{\n")
            .Append(CultureInfo.InvariantCulture, $"  \"schema\": {Quoted(CurrentSchema)},\n")
            .Append(CultureInfo.InvariantCulture, $"  \"test\": {Quoted(baseline.Test)},\n")
            .Append(CultureInfo.InvariantCulture, $"  \"environment\": {Quoted(baseline.Environment)},\n")
            .Append("  \"runs\": [\n");
        for (var i = 0; i < baseline.Runs.Length; i++)
        {
            var rest = JsonSerializer.Serialize(baseline.Runs[i], BaselineFormat.Run)[1..];
            text.Append(RunStart).Append(Check(rest)).Append("\",").Append(rest).Append(i + 1 < baseline.Runs.Length ? ",\n" : "\n");
        }

        text.Append(AfterRuns).Append('\n');
        return $"{text}  \"check\": \"{Check(text.ToString())}\"\n}}\n";
    }

    /// <param name="path">For messages.</param>
    /// <param name="text">The file's text.</param>
    /// <exception cref="BaselineException">It is damaged, edited, or of another schema.</exception>
    public static Baseline Read(string path, string text)
    {
        // A checkout may have turned the line ends.
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        RequireSchema(path, lines);
        if (Array.FindIndex(lines, line => Conflicts.Any(mark => line.StartsWith(mark, StringComparison.Ordinal))) is >= 0 and var conflict)
        {
            throw Changed(path, conflict, "holds a merge conflict");
        }

        var end = Array.IndexOf(lines, AfterRuns);
        if (end < HeaderLines || lines.Length < end + 3 || lines[end + 2] != "}")
        {
            throw Changed(path, lines.Length - 1, "is cut off");
        }

        if (lines[end + 1] != $"  \"check\": \"{Check(string.Join('\n', lines.Take(end + 1)) + "\n")}\"")
        {
            var changed = Enumerable.Range(HeaderLines, end - HeaderLines).FirstOrDefault(i => !IsWhole(lines[i]), -1);
            throw changed >= 0
                ? Changed(path, changed, "was changed by hand")
                : Changed(path, HeaderLines - 1, "was changed by hand: its head, or the list of runs");
        }

        try
        {
            return new Baseline(
                Value(lines[2], "test"),
                Value(lines[3], "environment"),
                [.. lines[HeaderLines..end].Select(line => JsonSerializer.Deserialize("{" + Rest(line), BaselineFormat.Run)!)]);
        }
        catch (JsonException exception)
        {
            throw new BaselineException($"{path} has the right checksum and cannot be read: {exception.Message} {Remedy}", exception);
        }
    }

    private const string Remedy =
        "Take it back from version control (git checkout), or drop it with `perfgate baseline drop` and promote runs again.";

    private static void RequireSchema(string path, string[] lines)
    {
        if (lines.Length < 2 || lines[0] != "{" || !lines[1].StartsWith("  \"schema\": \"perfassert.baseline/", StringComparison.Ordinal))
        {
            throw new BaselineException($"{path} is no baseline: it does not start with \"schema\": \"{CurrentSchema}\". {Remedy}");
        }

        var schema = Value(lines[1], "schema");
        if (schema != CurrentSchema)
        {
            throw new BaselineException(
                $"{path} has schema {schema}, this version reads {CurrentSchema}. Use the version that wrote it, or drop it with `perfgate baseline drop` and promote runs again.");
        }
    }

    private static BaselineException Changed(string path, int line, string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{path}:{line + 1}: the baseline {what}. {Remedy}"));

    private static bool IsWhole(string line) =>
        line.StartsWith(RunStart, StringComparison.Ordinal)
        && line.Length > RunStart.Length + CheckLength + 2
        && line[RunStart.Length..(RunStart.Length + CheckLength)] == Check(Rest(line));

    /// <summary>A run's line without indent, checksum and comma.</summary>
    private static string Rest(string line) => line[(RunStart.Length + CheckLength + 2)..].TrimEnd(',');

    private static string Value(string line, string key)
    {
        var start = $"  \"{key}\": ";
        try
        {
            return line.StartsWith(start, StringComparison.Ordinal)
                ? JsonSerializer.Deserialize(line[start.Length..].TrimEnd(','), BaselineFormat.Text)!
                : throw new JsonException($"no \"{key}\" where it was expected.");
        }
        catch (JsonException) when (key == "schema")
        {
            return "of an unknown form";
        }
    }

    private static string Quoted(string text) => JsonSerializer.Serialize(text, BaselineFormat.Text);

    private static string Check(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..CheckLength];
}
