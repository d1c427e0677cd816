namespace PerfAssert.Planning;

/// <summary>How verdicts become pass or fail.</summary>
/// <param name="Confidence">Of each proof, in [0.5, 1). Default 0.95.</param>
/// <param name="Inconclusive">What Inconclusive means.</param>
/// <param name="NotComparable">What NotComparable means.</param>
/// <param name="SuccessBand">By which share of the requests the successful ones may differ before two runs are not alike: 0.02 is 2 points.</param>
/// <param name="TokenBand">By which part mean tokens of a request may differ: longer answers take longer.</param>
internal sealed record VerdictPolicy(
    double Confidence = 0.95,
    InconclusivePolicy Inconclusive = InconclusivePolicy.Observed,
    NotComparablePolicy NotComparable = NotComparablePolicy.Warn,
    double SuccessBand = 0.02,
    double TokenBand = 0.05);
