using PerfAssert.Planning;

namespace PerfAssert.Runs;

/// <summary>How verdicts became pass or fail.</summary>
/// <param name="Confidence">Of each proof.</param>
/// <param name="Inconclusive">What Inconclusive meant.</param>
/// <param name="NotComparable">What NotComparable meant.</param>
internal sealed record RunPolicy(double Confidence, InconclusivePolicy Inconclusive, NotComparablePolicy NotComparable);
