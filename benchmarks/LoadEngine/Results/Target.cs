using System.Globalization;

namespace LoadEngine.Results;

/// <summary>One thing that must hold, and whether it did.</summary>
/// <param name="Claim">What must hold.</param>
/// <param name="Observed">What was seen, or why it cannot be said.</param>
/// <param name="Holds"><see langword="null"/>: it cannot be said.</param>
internal sealed record Target(string Claim, string Observed, bool? Holds)
{
    public static Target AtMost(string claim, double? value, double limit, string unit) =>
        Of(claim, value, value <= limit, $"at most {Text(limit, unit)}", unit);

    public static Target AtLeast(string claim, double? value, double limit, string unit) =>
        Of(claim, value, value >= limit, $"at least {Text(limit, unit)}", unit);

    public override string ToString() => $"{Holds switch { true => "PASS", false => "MISS", null => "n/a " }}  {Claim}: {Observed}";

    private static Target Of(string claim, double? value, bool holds, string limit, string unit) => value is { } observed
        ? new Target($"{claim}, {limit}", Text(observed, unit), holds)
        : new Target($"{claim}, {limit}", "not measured", null);

    private static string Text(double value, string unit) => string.Create(CultureInfo.InvariantCulture, $"{value:0.###} {unit}").TrimEnd();
}
