using System.Collections.Immutable;
using FluentAssertions;
using PerfAssert.Budgets;
using PerfAssert.Judging;
using PerfAssert.Measurements;
using PerfAssert.Planning;
using Xunit;

namespace PerfAssert.Tests.Judging;

public sealed class ClientBoundTests
{
    private static readonly Budget P99 = Make.Less(Make.Percentile(99), 200);

    [Fact]
    public void An_invalid_run_is_neither_met_nor_broken()
    {
        var plan = Make.Plan(P99, Make.Less(Make.Percentile(50), 1), Make.Errors(0)) with { Policy = new(Inconclusive: InconclusivePolicy.Warn) };

        var judgement = Judge.Decide(plan, Valid() with { Aborted = "the test host was asked to stop" });

        judgement.Passed.Should().BeFalse();
        judgement.InvalidReasons.Should().ContainSingle().Which.Should().Contain("the test host was asked to stop");
        judgement.Verdicts.Should().OnlyContain(v => v.Verdict == Verdict.Inconclusive && !v.Passed && v.Note == "not judged: the run is invalid");
        judgement.Verdicts[0].Observed.Should().BeGreaterThan(9e6);
    }

    [Fact]
    public void A_healthy_generator_gives_no_reason() => Reasons(Valid(), P99).Should().BeEmpty();

    [Fact]
    public void Fewer_requests_than_scheduled_are_the_generators_doing() =>
        Reasons(Valid(r => r with { Scheduled = 1_100 }), P99).Should().ContainSingle()
            .Which.Should().StartWith("client-bound: only 90.9 % of the scheduled rate was sent, at least 98 % is needed");

    [Fact]
    public void Falling_behind_steadily_is_less_than_the_scheduled_rate() =>
        Reasons(Valid(r => r with { Lateness = Make.Histogram(Enumerable.Range(0, 1_000).Select(i => (double)i)) }), Make.Less(Make.Percentile(99), 60_000))
            .Should().ContainSingle().Which.Should().Contain("90.9 % of the scheduled rate");

    [Fact]
    public void Waits_at_MaxInFlight_are_the_servers_doing_and_excuse_nothing_else()
    {
        var queued = Valid(r => r with { QueuedAtMaxInFlight = 990, SendLag = Make.Histogram(Enumerable.Range(0, 1_000).Select(i => i * 5.0)) });
        var unsent = Valid(r => r with { QueuedAtMaxInFlight = 10, Scheduled = 1_100 });

        Reasons(queued, P99).Should().BeEmpty();
        Reasons(unsent, P99).Should().ContainSingle().Which.Should().Contain("90.9 % of the scheduled rate");
    }

    [Theory]
    [InlineData(.56, 0)]
    [InlineData(.99, 0)]
    [InlineData(1.1, 1)]
    public void A_burst_is_not_sent_late_by_less_than_a_millisecond(double late, int reasons)
    {
        // Two of 300 arrivals within a millisecond each, 5 ms apart.
        var round = Make.Round(Make.Requests(600, 0)) with { ScheduledSpan = TimeSpan.FromMilliseconds(7), Lateness = Make.Histogram(Enumerable.Repeat(late, 600)) };

        Reasons(Make.Measurement(round), P99).Count(reason => reason.Contains("of the scheduled rate was sent")).Should().Be(reasons);
    }

    [Fact]
    public void A_process_that_is_busy_for_less_than_a_second_is_not()
    {
        var brief = Make.Healthy with { Elapsed = TimeSpan.FromSeconds(0.2), ProcessorTime = TimeSpan.FromSeconds(0.4) };

        Reasons(Valid() with { Health = brief }, P99).Should().BeEmpty();
    }

    [Theory]
    [InlineData(9, 200, 0)]
    [InlineData(11, 200, 1)]
    [InlineData(.9, 10, 0)]
    [InlineData(1.1, 10, 1)]
    public void Sends_later_than_a_twentieth_of_the_limit_or_a_millisecond_are(double late, int limit, int reasons) =>
        Reasons(Valid(Late(.02, late)), Make.Less(Make.Percentile(99), limit)).Should().HaveCount(reasons);

    [Fact]
    public void The_reason_names_what_was_seen_what_is_allowed_and_what_to_do() =>
        Reasons(Valid(Late(.02, 30)), P99).Single().Should().Match(
            "client-bound: requests were sent late by 30 ms at p99, more than 10 ms (5 % of p99 of 200 ms): lower the rate,*");

    [Fact]
    public void Without_a_budget_on_latency_it_says_what_is_assumed() =>
        Reasons(Valid(Late(.02, 30)), Make.Errors(1)).Single().Should().Contain(", more than 10 ms (5 % of p99 of 200 ms, assumed as no budget is on latency): lower");

    [Theory]
    [InlineData(600, 12, 0, 1)]
    [InlineData(600, 9, 0, 0)]
    [InlineData(400, 12, 0, 0)]
    [InlineData(600, 12, 300, 0)]
    [InlineData(600, 12, 290, 1)]
    public void Waiting_for_a_connection_counts_when_half_of_the_requests_do_and_connections_are_kept(int waits, double milliseconds, int closed, int reasons) =>
        Reasons(Valid(r => r with { ConnectionWait = Make.Histogram(Enumerable.Repeat(milliseconds, waits)), ConnectionsClosed = closed }), P99)
            .Should().HaveCount(reasons);

    [Theory]
    [InlineData(900, 900, 15_500, 1)]
    [InlineData(900, 900, 14_500, 0)]
    [InlineData(500, 900, 15_500, 1)]
    [InlineData(400, 900, 15_500, 0)]
    [InlineData(1_000, 1_000, 15_500, 0)]
    [InlineData(1_000, 1_000, 20, 0)]
    [InlineData(1_000, 0, 30_000, 0)]
    public void Connections_that_timeouts_closed_were_not_meant_to_be_closed(int timedOut, int closed, double wait, int reasons)
    {
        // They come after 30 s. What waited for most of that waited for a place in the pool; what waited for less was connecting.
        var round = Make.Round(Make.Requests(1_000 - timedOut, 0), timedOut) with
        {
            ConnectionWait = Make.Histogram(Enumerable.Repeat(wait, 900)),
            ConnectionsClosed = closed,
        };

        Reasons(Make.Measurement(round), P99).Should().HaveCount(reasons);
    }

    [Theory]
    [InlineData(false, 0, 0, 0)]
    [InlineData(false, 400, 0, 0)]
    [InlineData(false, 600, 0, 5)]
    [InlineData(false, 0, 1, 5)]
    [InlineData(true, 0, 0, 5)]
    public void Users_whose_requests_all_fail_at_once_are_busy_because_of_the_server(bool openLoop, int timedOut, int succeeded, int reasons)
    {
        var busy = Make.Healthy with
        {
            ProcessorTime = TimeSpan.FromSeconds(20),
            CoresIdle = 0,
            ThreadPoolDelays = Make.Delays(50),
            GcPauseTotal = TimeSpan.FromSeconds(1),
            GcPauseMax = TimeSpan.FromMilliseconds(50),
            Throttled = TimeSpan.FromSeconds(1),
            ThrottledPeriods = 20,
        };
        var round = Make.Round(Make.Requests(succeeded, 0), timedOut, failed: 1_000 - timedOut);

        var judgement = Judge.Decide(Make.Plan(Make.Errors(1)), Make.Measurement(round) with { OpenLoop = openLoop, Health = busy });

        judgement.InvalidReasons.Should().HaveCount(reasons);
        judgement.Verdicts[0].Verdict.Should().Be(reasons > 0 ? Verdict.Inconclusive : Verdict.Broken);
        judgement.Passed.Should().BeFalse();
    }

    [Theory]
    [InlineData(12, 200, "threads of the test process waited 12 ms a request for a core, more than 10 ms")]
    [InlineData(2.1, 15, "waited 2.1 ms a request for a core, more than the 1 ms")]
    [InlineData(1.9, 15, null)]
    [InlineData(9, 200, null)]
    [InlineData(0.9, 15, null)]
    public void Waiting_for_a_core_counts_when_it_is_long_against_a_limit(double milliseconds, int limit, string? reason)
    {
        var health = Make.Healthy with { CoreWait = TimeSpan.FromMilliseconds(1_000 * milliseconds), CoresIdle = 0.01 };
        var measured = Make.Measurement(Make.Round(Make.Requests(1_000, 0, fast: 10.2))) with { Health = health };

        var reasons = Judge.Decide(Make.Plan(Make.Less(Make.Percentile(99), limit)), measured).InvalidReasons;

        reasons.Should().HaveCount(reason is null ? 0 : 1);
        reasons.SingleOrDefault().Should().Match(text => reason == null || ((string)text).Contains(reason));
    }

    [Fact]
    public void A_run_on_full_cores_of_which_it_used_half_measures_the_client()
    {
        var half = Make.Healthy with { ProcessorTime = TimeSpan.FromSeconds(10), Elapsed = TimeSpan.FromSeconds(10), Cores = 2, CoresIdle = 0.01 };
        var measured = Valid() with { Health = half };

        Judge.Decide(Make.Plan(Make.Less(Make.Percentile(99), 200)), measured).InvalidReasons.Should().ContainSingle()
            .Which.Should().Contain("the cores of the test process were full, and it used 50 % of them itself");
        Judge.Decide(Make.Plan(Make.Less(Make.Percentile(99), 200)), measured with { Health = half with { CoresIdle = 0.3 } }).InvalidReasons.Should().BeEmpty();
    }

    [Fact]
    public void A_single_core_that_others_fill_is_no_place_to_measure()
    {
        var shared = Valid() with { Health = Make.Healthy with { Cores = 1, ProcessorTime = TimeSpan.FromSeconds(1), CoresIdle = 0.02 } };

        Judge.Decide(Make.Plan(P99), shared).InvalidReasons.Should().ContainSingle()
            .Which.Should().Contain("the only core of the test process was full, and other programs used 90 % of it");
        Judge.Decide(Make.Plan(P99), shared with { Health = shared.Health with { CoresIdle = 0.3 } }).InvalidReasons.Should().BeEmpty();
    }

    [Theory]
    [InlineData(0.18, 0.41, 1)]
    [InlineData(0.18, 0.36, 0)]
    [InlineData(0, 0.41, 0)]
    public void Of_full_cores_only_what_other_virtual_machines_left_is_shared(double stolen, double used, int reasons)
    {
        var full = Make.Healthy with { ProcessorTime = TimeSpan.FromSeconds(20 * used), Elapsed = TimeSpan.FromSeconds(10), Cores = 2, CoresIdle = 0.01, CoresStolen = stolen };

        Judge.Decide(Make.Plan(P99), Valid() with { Health = full }).InvalidReasons.Count(reason => reason.Contains("the cores of the test process were full"))
            .Should().Be(reasons);
    }

    [Fact]
    public void A_single_core_that_other_virtual_machines_fill_is_not_blamed_on_other_programs()
    {
        var shared = Valid() with { Health = Make.Healthy with { Cores = 1, ProcessorTime = TimeSpan.FromSeconds(1), CoresIdle = 0.02, CoresStolen = 0.7 } };

        Judge.Decide(Make.Plan(P99), shared).InvalidReasons.Should().SatisfyRespectively(
            first => first.Should().Contain("the only core of the test process was full, and other programs used 20 % of it"),
            second => second.Should().Be("client-bound: other virtual machines of its host took 70 % of the time of its cores, which may be why: " +
                "run the test on a host that does not share its cores, or at another time"));
    }

    [Theory]
    [InlineData(0.011, 1)]
    [InlineData(0.009, 0)]
    [InlineData(null, 0)]
    public void Time_that_other_virtual_machines_took_explains_a_reason_and_is_none(double? stolen, int sentences)
    {
        var health = Make.Healthy with { CoresStolen = stolen };

        Reasons(Valid() with { Health = health }, P99).Should().BeEmpty();
        Reasons(Valid(Late(.02, 30)) with { Health = health }, P99).Should().HaveCount(1 + sentences);
        Reasons(Valid(r => r with { ConnectionWait = Make.Histogram(Enumerable.Repeat(12.0, 600)) }) with { Health = health }, P99)
            .Should().HaveCount(1, "no core is behind a wait for a connection");
    }

    [Fact]
    public void Lateness_is_seen_at_the_budgets_own_percentile()
    {
        Reasons(Valid(Late(.02, 30)), Make.Less(Make.Percentile(50), 20)).Should().BeEmpty();
        Reasons(Valid(Late(.02, 30)), Make.Less(Make.Of(Statistic.Mean), 200)).Should().ContainSingle();
        Reasons(Valid(Late(.02, 30)), Make.Errors(0)).Should().ContainSingle("without a latency budget p99 of 200 ms is assumed");
        Reasons(Valid(Late(.02, 30)) with { OpenLoop = false }, P99).Should().BeEmpty();
    }

    [Theory]
    [InlineData(18.9, 0)]
    [InlineData(19.1, 1)]
    public void A_process_that_uses_all_of_its_cores_is(double seconds, int reasons) =>
        Reasons(Valid() with { Health = Make.Healthy with { ProcessorTime = TimeSpan.FromSeconds(seconds) } }, P99).Should().HaveCount(reasons);

    [Theory]
    [InlineData(9, 200, 0)]
    [InlineData(11, 200, 1)]
    [InlineData(4, 20, 0)]
    [InlineData(6, 20, 1)]
    public void A_starved_thread_pool_is(int milliseconds, int limit, int reasons)
    {
        var health = Make.Healthy with { ThreadPoolDelays = Make.Delays(milliseconds) };

        var found = Reasons(Make.Measurement(Make.Round(Make.Requests(1_000, 0, fast: 30))) with { Health = health }, Make.Less(Make.Percentile(99), limit));

        found.Should().HaveCount(reasons);
        found.Count(r => r.Contains("the thread pool is starved by blocking code in the test method")).Should().Be(reasons);
    }

    [Theory]
    [InlineData(9, 0, true, 0)]
    [InlineData(9, 0, false, 0)]
    [InlineData(11, 0, true, 1)]
    [InlineData(9, 20, true, 1)]
    public void Waits_of_the_process_that_are_longer_than_its_requests_are_not(double latency, int failed, bool openLoop, int reasons)
    {
        var measured = Make.Measurement(Make.Round([.. Enumerable.Repeat(latency, 1_000 - failed)], failed: failed)) with { OpenLoop = openLoop };

        Reasons(measured with { Health = Make.Healthy with { ThreadPoolDelays = Make.Delays(50) } }, P99).Should().HaveCount(reasons);
        Reasons(measured with { Health = Make.Healthy with { CoreWait = TimeSpan.FromSeconds(14) } }, P99).Should().HaveCount(reasons);
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 0)]
    public void What_waits_between_the_requests_of_a_closed_loop_is_missing_from_its_rate(bool openLoop, int reasons)
    {
        var measured = Make.Measurement(Make.Round(Make.Requests(1_000, 0, fast: 1)));
        var health = Make.Healthy with { ThreadPoolDelays = Make.Delays(50), CoreWait = TimeSpan.FromSeconds(14) };
        var delayed = measured with { OpenLoop = openLoop, Health = health };

        Reasons(delayed, Make.Greater(Make.Rate(MetricFamily.Throughput), 10)).Should().HaveCount(reasons);
        Reasons(delayed, Make.Less(Make.Usd(MetricFamily.CostPerThousandRequests), 10, "$")).Should().HaveCount(reasons);
        Reasons(delayed, Make.Errors(1)).Should().BeEmpty();
    }

    [Theory]
    [InlineData(60, false, 2)]
    [InlineData(60, true, 0)]
    [InlineData(1.7, false, 0)]
    public void Where_answers_lie_unread_for_long_a_closed_loop_has_fewer_users_than_it_says(double readLag, bool openLoop, int reasons)
    {
        var round = Make.Round(Make.Requests(1_000, 0, fast: 9)) with { ReadLag = Make.Histogram(Enumerable.Repeat(readLag, 1_000)) };
        var health = Make.Healthy with { ThreadPoolDelays = Make.Delays(50), CoreWait = TimeSpan.FromSeconds(14) };

        Reasons(Make.Measurement(round) with { OpenLoop = openLoop, Health = health }, P99).Should().HaveCount(reasons);
    }

    [Theory]
    [InlineData(99, 200, 20, 1)]
    [InlineData(99, 50, 20, 0)]
    [InlineData(99, 200, 9, 0)]
    [InlineData(50, 200, 20, 0)]
    public void Pauses_that_are_long_and_reach_the_percentile_are(int percentile, int total, int longest, int reasons)
    {
        var health = Make.Healthy with { GcPauseTotal = TimeSpan.FromMilliseconds(total), GcPauseMax = TimeSpan.FromMilliseconds(longest) };

        Reasons(Valid() with { Health = health }, Make.Less(Make.Percentile(percentile), 200)).Should().HaveCount(reasons);
    }

    [Theory]
    [InlineData(99, 4, 200, 1)]
    [InlineData(99, 30, 200, 0)]
    [InlineData(99, 1, 90, 0)]
    [InlineData(50, 4, 200, 0)]
    public void A_quota_that_stops_the_process_for_long_and_reaches_the_percentile_does(int percentile, int periods, int total, int reasons)
    {
        var health = Make.Healthy with { Cores = 1.5, Throttled = TimeSpan.FromMilliseconds(total), ThrottledPeriods = periods };

        var found = Reasons(Valid() with { Health = health }, Make.Less(Make.Percentile(percentile), 200));

        found.Should().HaveCount(reasons);
        found.SingleOrDefault("client-bound: its CPU quota of 1.5 cores stopped the test process for 2 % of the time, 50 ms each time, which reaches p99 of 200 ms: ")
            .Should().StartWith("client-bound: its CPU quota of 1.5 cores stopped the test process for 2 % of the time, 50 ms each time, which reaches p99 of 200 ms: ");
    }

    [Fact]
    public void A_process_that_uses_all_of_its_quota_is()
    {
        var health = Make.Healthy with { Cores = 1.5, ProcessorTime = TimeSpan.FromSeconds(14.5) };

        Reasons(Valid() with { Health = health }, P99).Should().ContainSingle().Which.Should().Contain("used 96.7 % of its 1.5 cores");
    }

    private static Func<Round, Round> Late(double share, double milliseconds) =>
        r => r with { Lateness = Make.Histogram(Enumerable.Range(0, 1_000).Select(i => i < 1_000 * share ? milliseconds : .05)) };

    private static Measurement Valid(Func<Round, Round>? change = null) =>
        Make.Measurement((change ?? (r => r))(Make.Round(Make.Requests(1_000, 0))));

    private static ImmutableArray<string> Reasons(Measurement measurement, Budget budget) =>
        Judge.Decide(Make.Plan(budget), measurement).InvalidReasons;
}
