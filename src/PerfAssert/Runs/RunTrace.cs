namespace PerfAssert.Runs;

/// <summary>Recorded arrivals that were replayed.</summary>
/// <param name="File">The file, as the load names it.</param>
/// <param name="Speed">How much faster than recorded.</param>
/// <param name="Arrivals">Arrivals in the file.</param>
/// <param name="DurationMs">How long replaying takes.</param>
/// <param name="Sha256">Of the arrivals as offsets in nanoseconds, one a line: the same however the file writes them.</param>
internal sealed record RunTrace(string File, decimal Speed, long Arrivals, double DurationMs, string Sha256);
