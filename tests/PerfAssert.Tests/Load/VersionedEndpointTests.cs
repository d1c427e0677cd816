using System.Collections.Concurrent;
using FluentAssertions;
using PerfAssert.Load;
using PerfAssert.Planning;
using PerfAssert.Tests.Support;
using Xunit;

namespace PerfAssert.Tests.Load;

/// <summary>An endpoint whose versions are made ready one at a time.</summary>
public sealed class VersionedEndpointTests
{
    private static readonly LoadPlan Duet = Loads.Plan(new LoadPhase.FixedRequests(5, 2)) with { Rounds = 4, HasReference = true, WarmUp = new WarmUp(null, 3) };

    [Fact]
    public async Task Every_round_meets_its_version_and_what_was_just_started_is_warmed_up_again()
    {
        var endpoint = new OneAtATime();

        var measured = await Loads.MeasureAsync(Duet, endpoint.AnswerAsync, endpoint);

        measured.Rounds.Select(round => round.Variant).Should().Equal(PairOrder.OfBlock(Duet, 0));
        measured.Rounds.Should().OnlyContain(round => round.Succeeded == 5 && round.Failed == 0, "no request goes to a version that is not there, and no warm-up is measured");
        measured.WarmUpRequests.Should().Be(3 * endpoint.Starts);
        endpoint.Starts.Should().Be(2 + PairOrder.OfBlock(Duet, 0).Zip(PairOrder.OfBlock(Duet, 0).Skip(1)).Count(two => two.First != two.Second), "the first round finds its version there");
    }

    [Fact]
    public async Task A_load_without_a_warm_up_has_none_after_a_start_either()
    {
        var endpoint = new OneAtATime();

        var measured = await Loads.MeasureAsync(Duet with { WarmUp = WarmUp.None }, endpoint.AnswerAsync, endpoint);

        measured.WarmUpRequests.Should().Be(0);
        measured.Rounds.Should().HaveCount(8).And.OnlyContain(round => round.Failed == 0);
    }

    [Fact]
    public async Task The_time_a_switch_takes_is_not_measured()
    {
        var endpoint = new OneAtATime { StartTime = TimeSpan.FromMilliseconds(300) };

        var measured = await Loads.MeasureAsync(Duet with { MaxDuration = TimeSpan.FromMilliseconds(900) }, endpoint.AnswerAsync, endpoint);

        endpoint.Starts.Should().BeGreaterThan(4, "switches take more than the longest duration in all");
        measured.Ended.Should().BeNull();
        measured.Rounds.Should().HaveCount(8);
    }

    [Fact]
    public async Task A_run_that_is_cut_off_while_a_version_starts_is_aborted_and_sends_nothing_more()
    {
        using var stop = new CancellationTokenSource();
        var endpoint = new OneAtATime { StartTime = TimeSpan.FromMinutes(5), Starting = stop.Cancel };

        var measured = await Loads.MeasureAsync(Duet, endpoint.AnswerAsync, endpoint, stop.Token);

        measured.Aborted.Should().StartWith("the run was cancelled while the");
        measured.Rounds.Should().BeEmpty();
        measured.WarmUpRequests.Should().Be(0);
    }

    [Fact]
    public async Task A_test_without_a_reference_budget_asks_for_the_candidate_alone()
    {
        var endpoint = new OneAtATime();

        await Loads.MeasureAsync(Duet with { HasReference = false }, endpoint.AnswerAsync, endpoint);

        endpoint.Asked.Distinct().Should().Equal(Variant.Candidate);
    }

    [Fact]
    public async Task Without_a_reference_the_candidate_is_measured_and_the_budget_says_how_to_give_one()
    {
        var endpoint = new OneAtATime { NoReference = "there is no reference: give one" };

        var result = await PerfTest.Run(
            endpoint.AnswerAsync,
            "20 requests by 2 users",
            ["p50 < reference + 10 %", "p50 < 20 s"],
            new PerfTestOptions { Endpoint = endpoint, Name = "VersionedEndpointTests.Alone" });

        result.Text.Should().MatchRegex(@"p50 < reference \+ 10 % +not comparable").And.Contain("there is no reference: give one").And.MatchRegex(@"ok +p50 < 20 s +met");
        endpoint.Asked.Distinct().Should().Equal(Variant.Candidate);
    }

    [Fact]
    public void A_tests_endpoint_is_its_fixture_or_itself_and_there_is_one()
    {
        var endpoint = new OneAtATime();

        VersionedEndpoint.Among("a test class", ["x", null, endpoint, endpoint]).Should().BeSameAs(endpoint);
        VersionedEndpoint.Among(endpoint, []).Should().BeSameAs(endpoint);
        VersionedEndpoint.Among(null, ["x"]).Should().BeNull();
        FluentActions.Invoking(() => VersionedEndpoint.Among(endpoint, [new OneAtATime()])).Should().Throw<PerfPlanException>().WithMessage("OneAtATime and OneAtATime*");
    }

    /// <summary>Holds one version at a time, as a GPU does; a request to the other one fails.</summary>
    private sealed class OneAtATime : IVersionedEndpoint
    {
        private readonly ConcurrentQueue<Variant> asked = new();
        private Variant? there;
        private int inFlight;

        public string? NoReference { get; init; }

        public TimeSpan StartTime { get; init; }

        public Action? Starting { get; init; }

        public int Starts { get; private set; }

        public IEnumerable<Variant> Asked => asked;

        public async Task<bool> SwitchToAsync(Variant variant, CancellationToken cancellationToken)
        {
            Volatile.Read(ref inFlight).Should().Be(0);
            asked.Enqueue(variant);
            if (there == variant)
            {
                return false;
            }

            Starting?.Invoke();
            await Task.Delay(StartTime, cancellationToken);
            there = variant;
            Starts++;
            return true;
        }

        public async Task AnswerAsync(PerfRequest request)
        {
            Interlocked.Increment(ref inFlight);
            await Task.Yield();
            if (request.Variant != there)
            {
                request.Fail("nobody is there");
            }

            Interlocked.Decrement(ref inFlight);
        }
    }
}
