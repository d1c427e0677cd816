using PerfAssert.Budgets;
using PerfAssert.Cost;
using PerfAssert.Measurements;
using PerfAssert.Planning;

namespace PerfAssert.Judging;

/// <summary>Rates and what they cost, by interval.</summary>
internal static class RateRule
{
    private const string NoTokens = "no request reported tokens: call request.AddTokens(input:, output:)";
    private const string TooShort = "the run is too short for an interval: measure for longer, or in 5 rounds or more";
    private const string ByRoundsOnly = "tokens are counted by round: 5 rounds or more give an interval";

    public static Finding Judge(Budget budget, MeasuredRun run, PerfPlan plan, Level level)
    {
        if (run.Span <= TimeSpan.Zero)
        {
            return Finding.NotMeasured("the measured span is empty");
        }

        return budget.Metric.Family switch
        {
            MetricFamily.Throughput => Offered(RateEstimates.Throughput(run).Hold(budget, level, TooShort), run),
            MetricFamily.Goodput => RateEstimates.Goodput(run).Hold(budget, level, TooShort),
            MetricFamily.OutputTokens => Tokens(budget, run, r => r.OutputTokens, e => e, level),
            MetricFamily.InputTokens => Tokens(budget, run, r => r.InputTokens, e => e, level),
            MetricFamily.CostPerThousandRequests => Cost(plan, price =>
                RateEstimates.Throughput(run).Through(rate => CostModel.UsdPerThousandRequests(price, rate)).Hold(budget, level, TooShort)),
            MetricFamily.CostPerMillionTokens => Cost(plan, price =>
                Tokens(budget, run, r => r.OutputTokens, e => e.Through(rate => CostModel.UsdPerMillionTokens(price, rate)), level)),
            _ => throw new InvalidOperationException($"{budget.Metric.Name} is no rate."),
        };
    }

    private static Finding Tokens(Budget budget, MeasuredRun run, Func<Round, long> tokens, Func<Estimate, Estimate> value, Level level) =>
        run.Rounds.Sum(tokens) == 0
            ? Finding.NotMeasured(NoTokens, run.Requests)
            : value(RateEstimates.Tokens(run, tokens)).Hold(budget, level, ByRoundsOnly);

    private static Finding Cost(PerfPlan plan, Func<double, Finding> judge) => plan.Price switch
    {
        null => Finding.NotMeasured(
            $"the environment has no price: set environments.{plan.EnvironmentName}.price.usdPerHour in perf-budgets.json"),
        { UsdPerHour: null } named => Finding.NotMeasured(
            $"{named.Source} is a name, and price tables are not part of this version: " +
            $"set environments.{plan.EnvironmentName}.price.usdPerHour in perf-budgets.json"),
        { UsdPerHour: { } usdPerHour } => judge(usdPerHour),
    };

    private static Finding Offered(Finding finding, MeasuredRun run)
    {
        const string Note = "in open loop this is the offered rate as long as the server keeps up: goodput says more";
        return run.Measurement.OpenLoop ? finding with { Note = finding.Note is null ? Note : $"{finding.Note}; {Note}" } : finding;
    }
}
