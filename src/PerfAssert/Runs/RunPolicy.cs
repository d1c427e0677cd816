using PerfAssert.Planning;

namespace PerfAssert.Runs;

/// <summary>How verdicts became pass or fail.</summary>
/// <param name="Confidence">Of each proof.</param>
/// <param name="Inconclusive">What Inconclusive meant.</param>
/// <param name="NotComparable">What NotComparable meant.</param>
/// <param name="SuccessBand">By which share of the requests the successful ones might differ; a file older than this key has the default.</param>
/// <param name="TokenBand">By which part the mean tokens of a request might differ; a file older than this key has the default.</param>
internal sealed record RunPolicy(
    double Confidence, InconclusivePolicy Inconclusive, NotComparablePolicy NotComparable, double SuccessBand = 0.02, double TokenBand = 0.05)
{
    public static RunPolicy Of(VerdictPolicy policy) =>
        new(policy.Confidence, policy.Inconclusive, policy.NotComparable, policy.SuccessBand, policy.TokenBand);

    public VerdictPolicy ToPolicy() => new(Confidence, Inconclusive, NotComparable, SuccessBand, TokenBand);
}
