using System.Collections.Concurrent;
using FluentAssertions;
using HdrHistogram;
using PerfAssert.Load;
using PerfAssert.Measurements;
using PerfAssert.Tests.Support;
using Xunit;

namespace PerfAssert.Tests.Load;

/// <summary>What becomes of the latency when the client says when its bytes came and went.</summary>
[Collection("Timing")]
public sealed class ReadLagTests
{
    [TimingFact]
    public async Task An_answer_that_was_read_late_ends_when_it_had_arrived()
    {
        // Sent after 20 ms, answered after 50, read after 100, and then the method goes on for another 20.
        var round = await Measure(async request =>
        {
            await Task.Delay(20);
            request.MarkSent();
            await Task.Delay(80);
            request.MarkReceived(TimeSpan.FromMilliseconds(50));
            request.MarkToken();
            await Task.Delay(20);
        });

        Median(round.ReadLag).Should().BeApproximately(50, 0.5);
        Median(round.Latency).Should().BeInRange(69, 85);
        Median(round.ServiceTime).Should().BeInRange(29, 40);
        Median(round.Series["ttft"]).Should().BeInRange(49, 60);
    }

    [TimingFact]
    public async Task Only_the_bytes_that_came_last_can_have_kept_the_method()
    {
        var round = await Measure(async request =>
        {
            request.MarkSent();
            await Task.Delay(40);
            request.MarkReceived(TimeSpan.FromMilliseconds(30));
            await Task.Delay(10);
            request.MarkReceived();
        });

        round.ReadLag.GetMaxValue().Should().Be(0);
        Median(round.Latency).Should().BeGreaterThan(49);
    }

    [TimingFact]
    public async Task A_request_that_timed_out_is_not_shortened()
    {
        var plan = Loads.Plan(new LoadPhase.FixedRequests(5, 5)) with { RequestTimeout = TimeSpan.FromMilliseconds(100) };
        var measured = await Loads.MeasureAsync(plan, async request =>
        {
            request.MarkSent();
            request.MarkReceived(TimeSpan.FromMilliseconds(90));
            await Task.Delay(Timeout.Infinite, request.CancellationToken);
        });

        var round = measured.Rounds.Single();
        round.TimedOut.Should().Be(5);
        (round.FailedDurations.GetValueAtPercentile(0) / 1e6).Should().BeApproximately(100, 0.5);
    }

    [TimingFact]
    public async Task An_answer_that_was_read_after_the_timeout_is_a_timeout_however_early_it_arrived()
    {
        // Some return before the watch looks, some after it.
        var plan = Loads.Plan(new LoadPhase.FixedRequests(40, 1)) with { RequestTimeout = TimeSpan.FromMilliseconds(100) };
        var measured = await Loads.MeasureAsync(plan, async request =>
        {
            await Task.Delay(102, CancellationToken.None);
            request.MarkReceived(TimeSpan.FromMilliseconds(80));
        });

        measured.Rounds.Single().TimedOut.Should().Be(40);
    }

    [TimingFact]
    public async Task An_answer_does_not_end_before_its_last_token()
    {
        var round = await Measure(async request =>
        {
            await Task.Delay(40);
            request.MarkToken();
            request.MarkReceived(TimeSpan.FromMilliseconds(30));
        });

        Median(round.Latency).Should().BeGreaterThanOrEqualTo(Median(round.Series["ttft"]));
    }

    [Fact]
    public async Task A_latency_is_never_negative_whatever_the_client_says()
    {
        var round = await Measure(async request =>
        {
            await Task.Yield();
            request.MarkReceived(TimeSpan.FromHours(1));
        });

        round.Latency.TotalCount.Should().Be(20);
        round.Latency.GetMaxValue().Should().Be(0);
        (round.ReadLag.GetMaxValue() / 3.6e12).Should().BeApproximately(1, 0.01);
    }

    [Fact]
    public async Task The_current_request_is_the_one_whose_method_runs()
    {
        PerfRequest.Current.Should().BeNull();
        var others = new ConcurrentQueue<PerfRequest?>();
        await Loads.MeasureAsync(Loads.Plan(new LoadPhase.FixedRequests(200, 8)), async request =>
        {
            Check(request);
            await Task.Yield();
            Check(request);
            await Task.Run(() => Check(request));
        });

        others.Should().BeEmpty();
        PerfRequest.Current.Should().BeNull();

        void Check(PerfRequest request)
        {
            if (PerfRequest.Current != request)
            {
                others.Enqueue(PerfRequest.Current);
            }
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(TimeSpan.TicksPerDay + 1)]
    [InlineData(long.MaxValue)]
    public void Bytes_come_neither_from_the_future_nor_from_before_yesterday(long ticks)
    {
        var receive = () => new PerfRequest(LoadClock.System).MarkReceived(TimeSpan.FromTicks(ticks));

        receive.Should().Throw<ArgumentOutOfRangeException>().WithParameterName("ago");
    }

    private static async Task<Round> Measure(Func<PerfRequest, Task> method) =>
        (await Loads.MeasureAsync(Loads.Plan(new LoadPhase.FixedRequests(20, 4)), method)).Rounds.Single();

    private static double Median(HistogramBase histogram) => histogram.GetValueAtPercentile(50) / 1e6;
}
