namespace PerfAssert.Planning;

/// <summary>How verdicts become pass or fail.</summary>
/// <param name="Confidence">Of each proof, in [0.5, 1). Default 0.95.</param>
/// <param name="Inconclusive">What Inconclusive means.</param>
/// <param name="NotComparable">What NotComparable means.</param>
internal sealed record VerdictPolicy(
    double Confidence = 0.95,
    InconclusivePolicy Inconclusive = InconclusivePolicy.Observed,
    NotComparablePolicy NotComparable = NotComparablePolicy.Warn);
