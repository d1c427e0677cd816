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
            text.Append(RunStart).Append(Check(Encoding.UTF8.GetBytes(rest))).Append("\",").Append(rest).Append(i + 1 < baseline.Runs.Length ? ",\n" : "\n");
        }

        text.Append(AfterRuns).Append('\n');
        return $"{text}  \"check\": \"{Check(Encoding.UTF8.GetBytes(text.ToString()))}\"\n}}\n";
    }

    /// <param name="path">For messages.</param>
    /// <param name="utf8">The file's text.</param>
    /// <exception cref="BaselineException">It is damaged, edited, or of another schema.</exception>
    public static Baseline Read(string path, byte[] utf8)
    {
        var lines = new BaselineLines(utf8);
        RequireSchema(path, lines);
        var end = lines.IndexOf(AfterRuns);
        if (end < HeaderLines || lines.Count < end + 3 || !lines.Is(end + 2, "}") || !lines.Is(end + 1, $"  \"check\": \"{Check(lines.UpTo(end))}\"") || GoesOn(lines, end))
        {
            throw Damage(path, lines, end);
        }

        try
        {
            var runs = new BaselineRun[end - HeaderLines];
            for (var i = 0; i < runs.Length; i++)
            {
                runs[i] = JsonSerializer.Deserialize(lines[HeaderLines + i].Trim(" ,"u8), BaselineFormat.Run)!;
            }

            return new Baseline(Value(lines[2], "test"), Value(lines[3], "environment"), [.. runs]);
        }
        catch (JsonException exception)
        {
            throw new BaselineException($"{path} has the right checksum and cannot be read: {exception.Message} {Remedy}", exception);
        }
    }

    private const string Remedy =
        "Take it back from version control (git checkout), or drop it with `perfgate baseline drop` and promote runs again.";

    private static void RequireSchema(string path, BaselineLines lines)
    {
        if (lines.Count < 2 || !lines.Is(0, "{") || !lines[1].StartsWith("  \"schema\": \"perfassert.baseline/"u8))
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

    private static BaselineException Damage(string path, BaselineLines lines, int end)
    {
        if (Enumerable.Range(0, lines.Count).FirstOrDefault(lines.IsConflict, -1) is >= 0 and var conflict)
        {
            return Changed(path, conflict, "holds a merge conflict");
        }

        if (end < HeaderLines || lines.Count < end + 3 || !lines.Is(end + 2, "}"))
        {
            return Changed(path, lines.Count - 1, "is cut off");
        }

        var changed = Enumerable.Range(HeaderLines, end - HeaderLines).FirstOrDefault(i => !IsWhole(lines[i]), -1);
        return changed >= 0 ? Changed(path, changed, "was changed by hand")
            : GoesOn(lines, end) ? Changed(path, end + 3, "goes on behind its end")
            : Changed(path, HeaderLines - 1, "was changed by hand: its head, or the list of runs");
    }

    /// <summary>Whether more than the end of its last line is behind the closing brace.</summary>
    private static bool GoesOn(BaselineLines lines, int end) => lines.Count > end + 4 || (lines.Count == end + 4 && !lines[end + 3].IsEmpty);

    private static BaselineException Changed(string path, int line, string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{path}:{line + 1}: the baseline {what}. {Remedy}"));

    private static bool IsWhole(ReadOnlySpan<byte> line)
    {
        var start = Encoding.UTF8.GetBytes(RunStart);
        var afterCheck = start.Length + CheckLength + 2;
        return line.StartsWith(start)
            && line.Length > afterCheck
            && line[start.Length..(start.Length + CheckLength)].SequenceEqual(Encoding.UTF8.GetBytes(Check(line[afterCheck..].TrimEnd((byte)','))));
    }

    private static string Value(ReadOnlySpan<byte> line, string key)
    {
        var start = Encoding.UTF8.GetBytes($"  \"{key}\": ");
        try
        {
            return line.StartsWith(start)
                ? JsonSerializer.Deserialize(line[start.Length..].TrimEnd((byte)','), BaselineFormat.Text)!
                : throw new JsonException($"no \"{key}\" where it was expected.");
        }
        catch (JsonException) when (key == "schema")
        {
            return "of an unknown form";
        }
    }

    private static string Quoted(string text) => JsonSerializer.Serialize(text, BaselineFormat.Text);

    private static string Check(ReadOnlySpan<byte> utf8)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(utf8, hash);
        return Convert.ToHexStringLower(hash[..(CheckLength / 2)]);
    }
}
