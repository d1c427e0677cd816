namespace PerfAssert.Runs;

/// <summary>What the environment costs.</summary>
/// <param name="UsdPerHour">US dollars an hour; <see langword="null"/>: only a catalogue name is known.</param>
/// <param name="Source">Where the price came from.</param>
internal sealed record RunPrice(double? UsdPerHour, string Source);
