using FluentAssertions;
using PerfAssert.Load;
using PerfAssert.Measurements;
using PerfAssert.Planning;
using Xunit;

namespace PerfAssert.Tests.Planning;

public sealed class PlannerTests
{
    [Fact]
    public void Attributes_alone_make_a_plan()
    {
        var plan = Plans.Of(Plans.Test(
            new LoadAttribute("200 rps for 30 s") { WarmUp = "20 requests", Arrivals = Arrivals.Poisson, RequestTimeout = "2 s", MaxInFlight = 50, Seed = 7, Rounds = 3 },
            "p99 < 200 ms", "errors < 1 %"));

        plan.TestName.Should().Be(Plans.TestName);
        plan.Load.Should().Be(new LoadPlan(
            LoadExpression.Parse("200 rps for 30 s"), WarmUp.Parse("20 requests"), 3, Arrivals.Poisson, TimeSpan.FromSeconds(2), 50, 7));
        Plans.Budgets(plan).Should().Equal("p99 < 200 ms ([Budget] on method Classify)", "errors < 1 % ([Budget] on method Classify)");
        plan.Policy.Should().Be(new VerdictPolicy());
        plan.Mode.Should().Be(PerfMode.Gate);
        plan.EnvironmentName.Should().Be("default");
        plan.Price.Should().BeNull();
        plan.Notes.Should().BeEmpty();
    }

    [Fact]
    public void The_warm_up_defaults_to_a_tenth_of_the_load() =>
        Plans.Of(Plans.Standard).Load.WarmUp.Should().Be(WarmUp.Parse("3 s"));

    [Fact]
    public void Rounds_default_to_one_and_to_eight_with_a_relative_budget()
    {
        Plans.Of(Plans.Standard).Load.Rounds.Should().Be(1);

        var relative = Plans.Of(Plans.Test("1 request", "errors < 1 %", "p99 < baseline + 10 %"));
        relative.Load.Rounds.Should().Be(8);
        relative.Notes.Should().Equal("rounds 8: default of a test with a relative budget; they share '1 request', each is '1 request'");

        Plans.Of(Plans.Test(new LoadAttribute("1 request") { Rounds = 2 }, "p99 < baseline + 10 %")).Load.Rounds.Should().Be(2);
    }

    [Theory]
    [InlineData("200 rps for 30 s", "200 rps for 3750 ms", "3 s")]
    [InlineData("1 rps for 1 min", "1 rps for 7 s", "5 s")] // Of whole arrivals: 8 in 7.5 s are more than 1 rps.
    [InlineData("333 rps for 10 s", "333 rps for 1249.2492 ms", "1 s")]
    [InlineData("1 rps for 5 s", "1 rps for 5 s", "0.5 s")] // Fewer arrivals than rounds.
    [InlineData("200 rps for 1000 requests", "200 rps for 125 requests", "100 requests")]
    [InlineData("4 users for 1 min", "4 users for 7500 ms", "5 s")]
    [InlineData("4 users for 1001 requests", "4 users for 126 requests", "100 requests")]
    [InlineData("1000 requests by 10 users", "125 requests by 10 users", "100 requests")]
    [InlineData("0 to 100 rps over 1 s, 100 rps for 8 s", "0 to 100 rps over 1 s, 100 rps for 8 s", "0.9 s")]
    [InlineData("0 to 100 rps over 10 s", "0 to 100 rps over 10 s", "1 s")]
    public void Rounds_that_a_comparison_needs_share_a_steady_load(string load, string round, string warmUp)
    {
        var plan = Plans.Of(Plans.Test(load, "p99 < reference + 10 %")).Load;

        (plan.Expression.ToString(), plan.Rounds, plan.HasReference).Should().Be((round, 8, true));
        plan.WarmUp.Should().Be(WarmUp.Parse(warmUp), "it is a tenth of the load as declared");
        Plans.Of(Plans.Test(new LoadAttribute(load) { Rounds = 8 }, "p99 < baseline + 10 %")).Load
            .Should().Match<LoadPlan>(p => p.Expression.ToString() == load && !p.HasReference, "rounds that are asked for are passes of the whole load");
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("3 min", true)]
    [InlineData("179 s", false)]
    [InlineData("60 s", false)]
    public void A_second_block_is_planned_when_there_is_time_for_it(string? longest, bool confirms) =>
        Plans.Of(Plans.Test(new LoadAttribute("200 rps for 30 s") { MaxDuration = longest }, "p99 < reference + 10 %")).Confirms.Should().Be(confirms);

    [Fact]
    public void A_reference_that_is_not_had_leaves_its_time_to_a_second_block()
    {
        var both = Plans.Of(Plans.Test(new LoadAttribute("200 rps for 40 s") { MaxDuration = "2 min" }, "p95 < reference + 10 %", "p99 < baseline + 10 %"));
        var alone = both with { Load = both.Load with { HasReference = false } };

        (both.Confirms, alone.Confirms, (alone with { Confirms = false }).Confirms).Should().Be((false, true, false));
    }

    [Fact]
    public void What_is_good_follows_the_budgets_unless_it_was_measured_by_others()
    {
        var plan = Plans.Of(Plans.Test("200 rps for 30 s", "p99 < 200 ms", "p50 < 20 ms", "ttft.p95 < 50 ms", "p95 < baseline + 10 %"));
        var other = plan with { Budgets = [] };

        plan.GoodputRule.Should().Be(new GoodputRule(20e6, 50e6, double.PositiveInfinity));
        (other.GoodputRule, (other with { GoodputRule = plan.GoodputRule }).GoodputRule).Should().Be((GoodputRule.None, plan.GoodputRule));
    }

    [Fact]
    public void The_longest_duration_must_leave_time_for_both_versions() =>
        Plans.Error(Plans.Test(new LoadAttribute("200 rps for 30 s") { MaxDuration = "59 s" }, "p99 < reference + 10 %"))
            .Should().Contain("8 round(s) of both versions take 1 min");

    [Theory]
    [InlineData("50 rps for 10 s, 50 to 100 rps over 1 min, 100 rps for 10 s", 1, "79 s", "1 round(s) take 80 s")]
    [InlineData("100 rps for 10 s, 100 to 0 rps over 20 s", 2, "59 s", "2 round(s) take 1 min")]
    [InlineData("1 to 4 users over 5 s, 4 users for 10 s, 4 to 8 users over 20 s, 8 users for 10 s", 1, "39 s", "1 round(s) take 40 s")]
    [InlineData("0 to 100 rps over 10 s, 100 to 0 rps over 10 s", 1, "19 s", "1 round(s) take 20 s")]
    public void The_longest_duration_must_leave_time_for_ramps_from_the_first_measured_phase_on(string load, int rounds, string longest, string least) =>
        Plans.Error(Plans.Test(new LoadAttribute(load) { Rounds = rounds, MaxDuration = longest }, "p99 < 200 ms"))
            .Should().Contain($"found {longest}, which ends the load '{load}' before its time: {least}. Expected at least that, or a shorter load.");

    [Fact]
    public void A_ramp_up_to_the_first_measured_phase_takes_none_of_the_longest_duration() =>
        Plans.Of(Plans.Test(
                new LoadAttribute("0 to 50 rps over 1 min, 50 to 100 rps over 1 min, 100 rps for 10 s") { Rounds = 3, MaxDuration = "30 s" }, "p99 < 200 ms"))
            .Load.LeastDuration.Should().Be(TimeSpan.FromSeconds(30), "the time of each round counts from its own first measured phase on");

    [Theory]
    [InlineData("1 min", true)]
    [InlineData("59 s", false)]
    public void A_second_block_takes_the_time_of_its_ramps_as_well(string longest, bool confirms) =>
        Plans.Of(Plans.Test(
                new LoadAttribute("0 to 100 rps over 1 min, 100 rps for 10 s, 100 to 0 rps over 20 s") { Rounds = 1, MaxDuration = longest }, "p99 < baseline + 10 %"))
            .Confirms.Should().Be(confirms);

    [Theory]
    [InlineData("p99 < 200 ms")]
    [InlineData("errors < baseline + 10 %")]
    public void Without_an_absolute_errors_budget_no_error_is_allowed(string budget)
    {
        var plan = Plans.Of(Plans.Test(new LoadAttribute("1 request") { Rounds = 1 }, budget));
        Plans.Budgets(plan).Last().Should().Be("errors <= 0 % (default)");
        plan.Notes.Should().Equal("budget errors <= 0 %: default, as no absolute errors budget is declared");
    }

    [Fact]
    public void The_nearest_budget_of_a_metric_and_kind_wins()
    {
        var test = Plans.Standard with
        {
            Budgets =
            [
                new("p99 < 500 ms", "[Budget] on assembly A"),
                new("p99 < baseline + 10 %", "[Budget] on assembly A"),
                new("errors < 1 %", "[Budget] on class C", 1),
                new("p99 < 200 ms", "[Budget] on method M", 2),
            ],
        };
        Plans.Budgets(Plans.Of(test)).Should().Equal(
            "p99 < 200 ms ([Budget] on method M)",
            "p99 < baseline + 10 % ([Budget] on assembly A)",
            "errors < 1 % ([Budget] on class C)");
    }

    [Fact]
    public void A_theory_row_has_its_arguments_in_its_name() =>
        Plans.Of(Plans.Standard with { Arguments = "(length: 16)" }).TestName.Should().Be(Plans.TestName + "(length: 16)");

    [Fact]
    public void The_longest_duration_and_the_early_end_come_from_the_attribute_and_the_file_overrides_them()
    {
        var declared = Plans.Of(Plans.Test(new LoadAttribute("200 rps for 30 s") { MaxDuration = "1 min", EarlyEnd = false }, "p99 < 200 ms"));
        (declared.Load.MaxDuration, declared.Load.EarlyEnd).Should().Be((TimeSpan.FromMinutes(1), false));

        var overridden = Plans.Of(
            Plans.Test(new LoadAttribute("200 rps for 30 s") { MaxDuration = "1 min", EarlyEnd = false }, "p99 < 200 ms"),
            $$"""{ "tests": { "{{Plans.TestName}}": { "maxDuration": "45 s", "earlyEnd": true } } }""");
        (overridden.Load.MaxDuration, overridden.Load.EarlyEnd).Should().Be((TimeSpan.FromSeconds(45), true));
        overridden.Notes.Should().Contain(note => note.StartsWith("max duration 45 s: ")).And.Contain(note => note.StartsWith("early end on: "));

        (Plans.Of(Plans.Standard).Load.MaxDuration, Plans.Of(Plans.Standard).Load.EarlyEnd).Should().Be((null, true));
    }

    [Fact]
    public void A_longest_duration_that_ends_the_load_before_its_time_is_an_error_where_it_stands()
    {
        Plans.Error(Plans.Test(new LoadAttribute("200 rps for 30 s") { MaxDuration = "20 s" }, "p99 < 200 ms"))
            .Should().StartWith($"{Plans.TestName}: [Load] on method Classify, MaxDuration: found 20 s, which ends the load '200 rps for 30 s' before its time");
        Plans.Error(Plans.Standard, $$"""{ "tests": { "{{Plans.TestName}}": { "maxDuration": "20 s" } } }""")
            .Should().MatchRegex("^\\S*perf-budgets.json:1:\\d+ \\(maxDuration of .*\\): found 20 s, which ends the load").And.NotContain("[Load]");
        Plans.Error(Plans.Test(new LoadAttribute("200 rps for 30 s") { MaxDuration = "0.5 s" }, "p99 < 200 ms"))
            .Should().Contain("MaxDuration").And.Contain("expected 1 s to 24 h");
    }

    [Theory]
    [InlineData("smoke", PerfMode.Smoke)]
    [InlineData("GATE", PerfMode.Gate)]
    [InlineData("", PerfMode.Gate)]
    public void The_mode_comes_from_the_environment(string value, object mode) =>
        Plans.Of(Plans.Standard, null, null, ("PERFASSERT_MODE", value)).Mode.Should().Be((PerfMode)mode);

    [Fact]
    public void A_test_without_a_load_is_an_error() => Plans.Error(Plans.Test((string?)null, "p99 < 1 s")).Should().Be(
        $"{Plans.TestName} has no load. Expected [Load(\"200 rps for 30 s\")] on the method, its class or its assembly, " +
        "or \"load\" of a matching entry in perf-budgets.json.");

    [Fact]
    public void A_test_without_a_budget_is_an_error() => Plans.Error(Plans.Test()).Should().Be(
        $"{Plans.TestName} has no budget, and absence is never green. Expected [Budget(\"p99 < 200 ms\")] on the method, " +
        "its class or its assembly, or \"budgets\" of a matching entry in perf-budgets.json.");

    [Fact]
    public void Two_budgets_of_a_metric_and_kind_in_one_place_are_an_error() =>
        Plans.Error(Plans.Test("1 request", "p99 < 1 s", "p99 <= 2 s")).Should().Be(
            $"{Plans.TestName}: [Budget] on method Classify declares both 'p99 < 1 s' and 'p99 <= 2 s', expected one of them.");

    [Fact]
    public void A_wrong_budget_names_the_attribute_and_the_column() =>
        Plans.Error(Plans.Test("1 request", "p99 < 1")).Should().Be(
            $"{Plans.TestName}: [Budget] on method Classify: found no unit for p99, expected µs, ms, s, min or h (column 8)\n    p99 < 1\n           ^");

    [Theory]
    [InlineData("200 rsp", null, "30 s", 1, 1000, 0, "[Load] on method Classify: found 'rsp', expected rps, users, requests or to; did you mean 'rps'? (column 5)")]
    [InlineData("1 request", "5", "30 s", 1, 1000, 0, "[Load] on method Classify, WarmUp: found the end, expected ms, s, min or h (column 2)")]
    [InlineData("1 request", null, "2 h", 1, 1000, 0, "[Load] on method Classify, RequestTimeout: found a request timeout of 2 h, expected 1 ms to 1 h (column 1)")]
    [InlineData("1 request", null, "0 s", 1, 1000, 0, "[Load] on method Classify, RequestTimeout: found a request timeout of 0 s, expected 1 ms to 1 h (column 1)")]
    [InlineData("1 request", null, "30 s", 0, 1000, 0, "[Load] on method Classify, Rounds: found 0, expected 1 to 100.")]
    [InlineData("1 request", null, "30 s", 101, 1000, 0, "[Load] on method Classify, Rounds: found 101, expected 1 to 100.")]
    [InlineData("1 request", null, "30 s", 1, 0, 0, "[Load] on method Classify, MaxInFlight: found 0, expected 1 to 1,000,000.")]
    [InlineData("1 request", null, "30 s", 1, 1000001, 0, "[Load] on method Classify, MaxInFlight: found 1000001, expected 1 to 1,000,000.")]
    [InlineData("1 request", null, "30 s", 1, 1000, 9, "[Load] on method Classify, Arrivals: found 9, expected Arrivals.Constant or Arrivals.Poisson.")]
    public void A_wrong_load_names_the_option(string load, string? warmUp, string timeout, int rounds, int maxInFlight, int arrivals, string problem)
    {
        var attribute = new LoadAttribute(load)
        {
            WarmUp = warmUp,
            RequestTimeout = timeout,
            Rounds = rounds,
            MaxInFlight = maxInFlight,
            Arrivals = (Arrivals)arrivals,
        };
        Plans.Error(Plans.Test(attribute, "p99 < 1 s")).Should().StartWith($"{Plans.TestName}: {problem}");
    }

    [Fact]
    public void A_wrong_mode_is_an_error() => Plans.Error(Plans.Standard, null, ("PERFASSERT_MODE", "smok")).Should().Be(
        "PERFASSERT_MODE is 'smok', expected gate or smoke; did you mean 'smoke'?");
}
