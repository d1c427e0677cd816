using PerfAssert.Budgets;
using PerfAssert.Measurements;
using PerfAssert.Planning;

namespace PerfAssert.Judging;

/// <summary>What the requests of one side of a comparison were like: only the same work can be compared.</summary>
/// <param name="Side">Whose, for people.</param>
/// <param name="SuccessShare">Successful ones of all requests.</param>
/// <param name="OutputTokens">Mean of a successful request.</param>
/// <param name="InputTokens">Mean of a successful request.</param>
internal sealed record Workload(string Side, double SuccessShare, double OutputTokens, double InputTokens)
{
    public static Workload Of(string side, IReadOnlyCollection<Round> rounds) => Of(
        side,
        rounds.Sum(round => round.Requests),
        rounds.Sum(round => round.Succeeded),
        rounds.Sum(round => round.OutputTokens),
        rounds.Sum(round => round.InputTokens));

    public static Workload Of(string side, long requests, long succeeded, long outputTokens, long inputTokens) =>
        new(side, Mean(succeeded, requests), Mean(outputTokens, succeeded), Mean(inputTokens, succeeded));

    /// <summary>
    /// Why what a budget is about was another work on the other side, as a sentence with both values; <see langword="null"/>: it was not. Errors
    /// are compared whatever succeeded.
    /// </summary>
    public string? Problem(Workload usual, Budget budget, VerdictPolicy policy)
    {
        return budget.Metric.Family == MetricFamily.Errors ? null
            : Math.Abs(SuccessShare - usual.SuccessShare) > policy.SuccessBand
                ? $"{Say.Percent(usual.SuccessShare)} of the requests succeeded in {usual.Side} and {Say.Percent(SuccessShare)} in {Side}: " +
                  $"more than {Say.Figure(policy.SuccessBand * 100)} points apart, so what is left is not alike"
            : Tokens("output", OutputTokens, usual.OutputTokens) ?? Tokens("input", InputTokens, usual.InputTokens);

        string? Tokens(string which, double here, double there) => Math.Abs(here - there) <= policy.TokenBand * there ? null
            : $"{Say.Figure(there)} {which} tokens a request in {usual.Side} and {Say.Figure(here)} in {Side}: " +
              $"more than {Say.Percent(policy.TokenBand)} apart, so durations are of different work";
    }

    private static double Mean(long sum, long count) => count == 0 ? 0 : (double)sum / count;
}
