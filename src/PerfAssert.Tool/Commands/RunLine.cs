using System.Globalization;
using PerfAssert.Baselines;

namespace PerfAssert.Tool.Commands;

/// <summary>A stored run in a table.</summary>
internal static class RunLine
{
    private const int CommitLength = 12;

    public static string Time(BaselineRun run) => run.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    public static string Commit(BaselineRun run) => run.Commit is { } commit ? commit[..Math.Min(CommitLength, commit.Length)] : "unknown";
}
