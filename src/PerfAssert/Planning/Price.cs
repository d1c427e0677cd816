namespace PerfAssert.Planning;

/// <summary>What the environment costs.</summary>
/// <param name="UsdPerHour">US dollars an hour of everything the endpoint runs on; <see langword="null"/> when only a catalogue name is known.</param>
/// <param name="Source">Where the price came from, for people.</param>
internal sealed record Price(double? UsdPerHour, string Source);
