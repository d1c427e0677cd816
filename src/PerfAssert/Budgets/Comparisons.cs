namespace PerfAssert.Budgets;

/// <summary>What a comparison is written as and which way it points.</summary>
internal static class Comparisons
{
    /// <summary>The symbols; the longer ones first, as they are read.</summary>
    public static IReadOnlyList<(string Symbol, Comparison Comparison)> All { get; } =
    [
        ("<=", Comparison.LessOrEqual),
        (">=", Comparison.GreaterOrEqual),
        ("<", Comparison.Less),
        (">", Comparison.Greater),
    ];

    public static string Symbol(this Comparison comparison) => All.First(known => known.Comparison == comparison).Symbol;

    /// <summary>Whether it demands a high value.</summary>
    public static bool WantsMore(this Comparison comparison) => comparison is Comparison.Greater or Comparison.GreaterOrEqual;
}
