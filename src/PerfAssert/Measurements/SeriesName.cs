namespace PerfAssert.Measurements;

/// <summary>Names a test may give to its own series: what the budget grammar can name and no built-in metric uses.</summary>
internal static class SeriesName
{
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "latency", "service", "lag", "ttft", "tpot", "itl", "errors", "rps", "goodput", "gpu", "server",
        "output", "input", "baseline", "reference", "mean", "avg", "max",
    };

    public static bool IsLegal(string? name) =>
        !string.IsNullOrEmpty(name)
        && char.IsAsciiLetter(name[0])
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')
        && !Reserved.Contains(name)
        && !IsPercentile(name);

    public static string Problem(string? name) =>
        $"'{name}' cannot name a recorded duration. A name is a letter followed by letters, digits, '_' or '-', " +
        "and not the name of a built-in metric (ttft, rps, p99, …).";

    private static bool IsPercentile(string name) => name[0] is 'p' or 'P' && name.Length > 1 && name.Skip(1).All(char.IsAsciiDigit);
}
