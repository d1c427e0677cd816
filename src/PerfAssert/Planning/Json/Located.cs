namespace PerfAssert.Planning.Json;

/// <summary>A value read from a JSON file, and where it stands there.</summary>
internal sealed record Located<T>(T Value, JsonPlace Place);
