namespace PerfAssert.Statistics;

/// <summary>Events counted in slices of time, those behind the last event left out.</summary>
/// <param name="Counts">By slice, from the start of the span on.</param>
/// <param name="Slice">Length of a slice; above zero.</param>
/// <param name="Span">How long was counted: usually no whole number of slices.</param>
internal readonly record struct SlicedCount(IReadOnlyList<long> Counts, TimeSpan Slice, TimeSpan Span);
