namespace PerfAssert.Runs;

/// <summary>The part of a run file that every schema has.</summary>
/// <param name="Schema">Which schema it has.</param>
/// <param name="LibraryVersion">The library that wrote it.</param>
internal sealed record RunFileHeader(string? Schema = null, string? LibraryVersion = null);
