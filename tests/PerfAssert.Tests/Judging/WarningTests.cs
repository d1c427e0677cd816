using System.Collections.Immutable;
using FluentAssertions;
using PerfAssert.Judging;
using PerfAssert.Measurements;
using Xunit;

namespace PerfAssert.Tests.Judging;

public sealed class WarningTests
{
    private static readonly Round Usual = Make.Round(Make.Requests(1_000, 0));

    [Fact]
    public void A_usual_run_warns_of_nothing() => Warnings(Make.Measurement(Usual)).Should().BeEmpty();

    [Fact]
    public void A_closed_loop_is_labelled() =>
        Warnings(Make.Measurement(Usual) with { OpenLoop = false }).Should().ContainSingle()
            .Which.Should().StartWith("closed loop: latency is service time");

    [Fact]
    public void Waiting_at_MaxInFlight_is_counted() =>
        Warnings(Make.Measurement(Usual with { QueuedAtMaxInFlight = 412 })).Should().ContainSingle()
            .Which.Should().StartWith("412 of 1,000 requests waited for a free place at MaxInFlight = 1000");

    [Fact]
    public void Abandoned_requests_are_counted() =>
        Warnings(Make.Measurement(Usual with { Abandoned = 3 })).Should().ContainSingle()
            .Which.Should().Contain("3 requests ignored their cancellation token");

    [Fact]
    public void A_server_that_falls_behind_is_shown_against_the_offered_rate() =>
        Warnings(Make.Measurement(Usual with { Span = TimeSpan.FromSeconds(12.5) })).Should().ContainSingle()
            .Which.Should().StartWith("100 /s were offered and 80 /s ended");

    [Fact]
    public void Failures_of_the_warm_up_are_told() =>
        Warnings(Make.Measurement(Usual) with { WarmUpRequests = 10, WarmUpFailures = 2 }).Should().ContainSingle()
            .Which.Should().Be("2 of 10 requests before the measured part (warm-up, ramps) failed");

    [Fact]
    public void A_drift_over_the_rounds_is_told() =>
        Warnings(Rounds(10, 11, 12, 13, 14, 15)).Should().ContainSingle().Which.Should().StartWith("p50 drifts over 6 rounds, from 10");

    [Fact]
    public void Rounds_like_their_neighbours_are_told() =>
        Warnings(Rounds(10, 10, 10, 10, 14, 14, 14, 14, 10, 10, 10, 10)).Should().ContainSingle().Which.Should().StartWith("p50 wanders over 12 rounds");

    [Fact]
    public void Noise_and_too_few_rounds_are_not()
    {
        Warnings(Rounds(10, 12, 11, 13, 10, 12)).Should().BeEmpty();
        Warnings(Rounds(10, 20, 30)).Should().BeEmpty();
    }

    [Fact]
    public void A_stream_that_is_not_its_latency_is_told_with_share_and_size()
    {
        Streams(new StreamChecks(200, 50, 50 * 12_000_000L, 0, 0, 0, 0)).Should().ContainSingle().Which.Should().StartWith(
            "TTFT + TPOT · (n − 1) is not the latency of 50 of 200 streamed requests (25 %): 12 ms apart on average");
        Streams(new StreamChecks(200, 2, 24_000_000, 0, 0, 0, 0)).Should().BeEmpty("a hundredth of the requests is a scheduler's doing");
    }

    [Fact]
    public void A_server_that_counts_other_tokens_is_told_with_both_means() =>
        Streams(new StreamChecks(200, 0, 0, 20, 640, 660, 0)).Should().ContainSingle().Which.Should().StartWith(
            "the server counts other output tokens than were marked in 20 of 200 streamed requests (10 %): 33 against 32 on average");

    [Fact]
    public void Gaps_between_chunks_are_labelled() =>
        Streams(new StreamChecks(4, 0, 0, 0, 0, 0, 4)).Should().ContainSingle().Which.Should().Be(
            "chunks hold several tokens in 4 of 4 streamed requests (100 %): itl is the gap between chunks, not between tokens");

    [Fact]
    public void Chunks_taken_for_tokens_are_told() =>
        Streams(new StreamChecks(4, 0, 0, 0, 0, 0, 0, 2)).Should().ContainSingle().Which.Should().StartWith(
            "tokens are chunks in 2 of 4 streamed requests (50 %): the server counted none");

    private static ImmutableArray<string> Streams(StreamChecks checks) => Warnings(Make.Measurement(Usual with { Streams = checks }));

    private static Measurement Rounds(params double[] medians) =>
        Make.Measurement([.. medians.Select(m => Make.Round(Make.Requests(1_000, 0, fast: m)))]);

    private static ImmutableArray<string> Warnings(Measurement measurement) =>
        Judge.Decide(Make.Plan(Make.Errors(0)), measurement).Warnings;
}
