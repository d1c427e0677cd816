namespace PerfAssert.Statistics;

/// <summary>An interval; an infinite end is unbounded.</summary>
internal readonly record struct Interval(double Lower, double Upper);
