using System.Globalization;

namespace PerfAssert.Planning.Json;

/// <summary>A place in a JSON file. Line and column are counted from 1, columns in characters.</summary>
internal readonly record struct JsonPlace(string File, int Line, int Column)
{
    /// <summary><c>perf-budgets.json:12:20</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}:{Column}");

    /// <summary>The error that something at this place is wrong.</summary>
    public PerfPlanException Error(string problem) => new($"{this}: {problem}");
}
