using CsCheck;
using FluentAssertions;
using PerfAssert.Budgets;
using PerfAssert.Measurements;
using PerfAssert.Tests.Expressions;
using Xunit;

namespace PerfAssert.Tests.Budgets;

public sealed class BudgetTests
{
    [Theory]
    [InlineData("p50 < 20 ms", MetricFamily.Latency, 20e6)]
    [InlineData("p99.99 <= 0.2 s", MetricFamily.Latency, 200e6)]
    [InlineData("mean < 500 µs", MetricFamily.Latency, 500e3)]
    [InlineData("max < 1 min", MetricFamily.Latency, 60e9)]
    [InlineData("service.p99 < 1 h", MetricFamily.ServiceTime, 3600e9)]
    [InlineData("lag.p99 < 2 ms", MetricFamily.SendLag, 2e6)]
    [InlineData("ttft.p95 < 300 ms", MetricFamily.TimeToFirstToken, 300e6)]
    [InlineData("tpot.p50 < 20 ms", MetricFamily.TimePerOutputToken, 20e6)]
    [InlineData("itl.p99 < 50 ms", MetricFamily.InterTokenLatency, 50e6)]
    [InlineData("embed.mean < 5 ms", MetricFamily.Recorded, 5e6)]
    [InlineData("errors < 0.1 %", MetricFamily.Errors, 0.001)]
    [InlineData("errors <= 0 %", MetricFamily.Errors, 0)]
    [InlineData("rps > 180", MetricFamily.Throughput, 180)]
    [InlineData("goodput >= 150 /s", MetricFamily.Goodput, 150)]
    [InlineData("output tokens/s > 1000", MetricFamily.OutputTokens, 1000)]
    [InlineData("input tokens/s > 1000 /s", MetricFamily.InputTokens, 1000)]
    [InlineData("$/1k req < 0.02", MetricFamily.CostPerThousandRequests, 0.02)]
    [InlineData("$/1M tokens < 1.5", MetricFamily.CostPerMillionTokens, 1.5)]
    [InlineData("gpu.util < 90 %", MetricFamily.Telemetry, 0.9)]
    [InlineData("gpu.memory.max < 20 GiB", MetricFamily.Telemetry, 20.0 * 1024 * 1024 * 1024)]
    [InlineData("gpu.power < 150 W", MetricFamily.Telemetry, 150)]
    [InlineData("server.queue.p95 < 5 ms", MetricFamily.Telemetry, 5e6)]
    [InlineData("server.batch > 4", MetricFamily.Telemetry, 4)]
    public void Every_metric_is_read_with_its_unit_and_printed_as_typed(string text, object family, double value)
    {
        var budget = Budget.Parse(text);
        budget.Metric.Family.Should().Be((MetricFamily)family);
        budget.Limit.Amount!.Value.Should().BeApproximately(value, Math.Abs(value) * 1e-12);
        budget.ToString().Should().Be(text);
    }

    [Theory]
    [InlineData("P99<200MS", "p99 < 200 ms")]
    [InlineData("p99 < 200 us", "p99 < 200 µs")]
    [InlineData("p99 < 200 \u03BCs", "p99 < 200 µs")]
    [InlineData("p99 < 200.50 ms", "p99 < 200.5 ms")]
    [InlineData("avg < 20 ms", "mean < 20 ms")]
    [InlineData("embed.avg < 20 ms", "embed.mean < 20 ms")]
    [InlineData("req/s > 180", "rps > 180")]
    [InlineData("$ / 1k requests < 0.02 USD", "$/1k req < 0.02")]
    [InlineData("$/1m Tokens < 0.02 usd", "$/1M tokens < 0.02")]
    [InlineData("Output tokens / s > 5", "output tokens/s > 5")]
    [InlineData("gpu.util.mean < 90 %", "gpu.util < 90 %")]
    [InlineData("Embed.p99 < 1 s", "Embed.p99 < 1 s")]
    [InlineData("p99 <baseline+10%or 2ms", "p99 < baseline + 10 % or 2 ms")]
    [InlineData("p99 < reference - 0 %", "p99 < reference")]
    public void Other_spellings_print_in_one_way(string typed, string printed) => Budget.Parse(typed).ToString().Should().Be(printed);

    [Theory]
    [InlineData("p99 < baseline", BudgetKind.Baseline, 0, null)]
    [InlineData("p99 < baseline + 10 %", BudgetKind.Baseline, 10, null)]
    [InlineData("p99 < baseline + 10 % or 2 ms", BudgetKind.Baseline, 10, "2 ms")]
    [InlineData("p99 < baseline - 5 %", BudgetKind.Baseline, -5, null)]
    [InlineData("rps > baseline - 5 %", BudgetKind.Baseline, -5, null)]
    [InlineData("rps > reference - 5 % or 3", BudgetKind.Reference, -5, "3")]
    [InlineData("errors <= reference + 0 % or 0.1 %", BudgetKind.Reference, 0, "0.1 %")]
    public void A_limit_may_be_relative(string text, object kind, int percent, string? floor)
    {
        var budget = Budget.Parse(text);
        budget.Kind.Should().Be((BudgetKind)kind);
        budget.Limit.Amount.Should().BeNull();
        budget.Limit.Percent.Should().Be(percent);
        budget.Limit.Floor?.ToString().Should().Be(floor);
        budget.ToString().Should().Be(text);
    }

    [Fact]
    public void Printing_and_parsing_gives_the_same_budget() =>
        BudgetGenerator.Budgets.Sample(budget => Budget.Parse(budget.ToString()) == budget, iter: 5000);

    [Fact]
    public void Every_metric_is_found_under_its_name() =>
        BudgetGenerator.Metrics.Sample(metric => MetricParser.Parse(metric.Name) == metric, iter: 2000);

    [Fact]
    public void Every_amount_has_a_finite_value() =>
        BudgetGenerator.Budgets.Sample(budget => double.IsFinite((budget.Limit.Amount ?? budget.Limit.Floor)?.Value ?? 0), iter: 2000);

    [Fact]
    public void No_text_makes_it_throw_anything_but_its_own_error() =>
        Texts.Like(BudgetGenerator.Budgets.Select(budget => budget.ToString())).Sample(
            text => Budget.TryParse(text, out var budget, out var error)
                ? Budget.Parse(budget.ToString()) == budget
                : error.Column >= 1 && error.Column <= text.Length + 1,
            iter: 10_000);

    [Theory]
    [InlineData(null, 1, "found the end, expected a budget such as 'p99 < 200 ms'")]
    [InlineData("  ", 3, "found the end, expected a budget such as 'p99 < 200 ms'")]
    [InlineData("< 5 ms", 1, "found '<', expected a metric such as p99, errors or rps")]
    [InlineData("p99", 4, "found the end, expected <, <=, > or >=")]
    [InlineData("p99 = 5 ms", 5, "found '=', expected <, <=, > or >=")]
    [InlineData("p99 < ", 7, "found the end, expected a number")]
    [InlineData("p99 < -5 ms", 7, "found '-', expected a number")]
    [InlineData("p99 < 1,5 ms", 8, "found ',' inside a number, expected '.' before decimals and nothing between thousands: 1000 or 0.5")]
    [InlineData("p99 < 200", 10, "found no unit for p99, expected µs, ms, s, min or h")]
    [InlineData("p99 < 200 %", 11, "found unit '%' for p99, expected µs, ms, s, min or h")]
    [InlineData("p99 < 200 mss", 11, "found unit 'mss' for p99, expected µs, ms, s, min or h")]
    [InlineData("p99 < 200 !", 11, "found '!', expected µs, ms, s, min or h")]
    [InlineData("errors < 1", 11, "found no unit for errors, expected %")]
    [InlineData("errors < 1 ms", 12, "found unit 'ms' for errors, expected %")]
    [InlineData("errors <= 100.1 %", 11, "found 100.1 %, expected 0 % to 100 %: errors is a share")]
    [InlineData("errors < 0 %", 10, "found errors < 0 %, which nothing can meet, expected more than 0; <= 0 % allows none")]
    [InlineData("rps >= 0", 8, "found rps >= 0, which everything meets, expected more than 0")]
    [InlineData("rps > 100 ms", 11, "found unit 'ms' for rps, expected no unit or /s")]
    [InlineData("$/1k req < 0.02 EUR", 17, "found unit 'EUR' for $/1k req, expected no unit or USD")]
    [InlineData("p99 > 5 ms", 5, "found '>' after p99, expected < or <=: less is better")]
    [InlineData("rps < 100", 5, "found '<' after rps, expected > or >=: more is better")]
    [InlineData("server.batch <= 5", 14, "found '<=' after server.batch, expected > or >=: more is better")]
    [InlineData("p0 < 5 ms", 1, "found percentile 0, expected one above 0 and below 100; the largest value is max")]
    [InlineData("p100 < 5 ms", 1, "found percentile 100, expected one above 0 and below 100; the largest value is max")]
    [InlineData("ttft.p100.0 < 5 ms", 6, "found percentile 100, expected one above 0 and below 100; the largest value is max")]
    [InlineData("p99.1234567890 < 5 ms", 2, "'99.1234567890' is too long, expected at most 12 digits and 9 decimal places")]
    [InlineData("ttft < 5 ms", 6, "found '<', expected '.' and a statistic (p99, mean or max)")]
    [InlineData("ttft.min < 5 ms", 6, "found 'min', expected a statistic (p99, mean or max)")]
    [InlineData("embed.total < 5 ms", 7, "found 'total', expected a statistic (p99, mean or max)")]
    [InlineData("p99.mean < 5 ms", 4, "found '.', expected <, <=, > or >=")]
    [InlineData("output > 5", 8, "found '>', expected tokens")]
    [InlineData("$/1x req < 5", 3, "found '1x', expected 1k req or 1M tokens")]
    [InlineData("$/1k tokens < 5", 6, "found 'tokens', expected req")]
    [InlineData("gpu.utl < 5 %", 1, "unknown metric 'gpu.utl', expected gpu.util, gpu.memory or gpu.power; did you mean 'gpu.util'?")]
    [InlineData("gpu < 5 %", 1, "unknown metric 'gpu', expected gpu.util, gpu.memory or gpu.power")]
    [InlineData("p99 < basline", 7, "found 'basline', expected a number, baseline or reference; did you mean 'baseline'?")]
    [InlineData("p99 < baseline + 10", 20, "found the end, expected %")]
    [InlineData("p99 < baseline + 10 ms", 21, "found 'ms', expected %")]
    [InlineData("p99 < baseline 10 %", 16, "found '10', expected +, - or the end")]
    [InlineData("p99 < baseline - 100 %", 18, "found - 100 %, expected less than 100 %: the limit would be 0 or below")]
    [InlineData("p99 < baseline + 10 % or 2", 27, "found no unit for p99, expected µs, ms, s, min or h")]
    [InlineData("p99 < 200 ms please", 14, "found 'please', expected the end")]
    [InlineData("p99 < 200 ms, errors < 1 %", 15, "found a second budget, expected one budget a string: [Budget(\"p99 < 200 ms\", \"errors < 1 %\")]")]
    public void A_wrong_budget_says_where_and_what_was_expected(string? text, int column, string problem)
    {
        var error = Errors.Of(() => Budget.Parse(text));
        error.Problem.Should().Be(problem);
        error.Column.Should().Be(column);
    }

    [Theory]
    [InlineData("eror < 1 %", "did you mean 'errors'?")]
    [InlineData("goodputs > 1", "did you mean 'goodput'?")]
    [InlineData("latency < 1 ms", "or latency.p99 for a duration recorded by the test")]
    public void An_unknown_metric_lists_the_known_ones(string text, string hint)
    {
        var error = Errors.Of(() => Budget.Parse(text));
        error.Column.Should().Be(1);
        error.Problem.Should().StartWith("unknown metric '").And.Contain("p99, mean, max, errors, rps, goodput").And.Contain(hint);
    }
}
