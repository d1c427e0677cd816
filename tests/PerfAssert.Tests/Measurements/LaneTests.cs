using FluentAssertions;
using HdrHistogram;
using PerfAssert.Measurements;
using Xunit;

namespace PerfAssert.Tests.Measurements;

/// <summary>What the definitions of the streaming metrics make of known time stamps, in microseconds.</summary>
public sealed class LaneTests
{
    private const long Due = 1_000;
    private static readonly GoodputRule Rule = new(1e9, 200_000, 25_000);

    [Fact]
    public void Streaming_metrics_start_at_the_intended_start()
    {
        // Started 20 µs late; tokens at 120, 140, 180; the end at 190; the server counts 4.
        var lane = new Lane();
        lane.Succeed(Seen(start: 20, end: 190), 0, Marks(told: 4, (120, 1), (140, 1), (180, 1)), GoodputRule.None);

        Values(lane, "ttft").Should().Equal(120);
        Values(lane, "tpot").Should().Equal((190 - 120) / 3);
        Values(lane, "itl").Should().Equal(20, 40);
        lane.OutputTokens.Should().Be(4, "the server's count wins");
        (lane.Streams.Requests, lane.Streams.Miscounted, lane.Streams.MiscountedMarks, lane.Streams.MiscountedTokens).Should().Be((1, 1, 3, 4));
    }

    [Theory]
    [InlineData(0, 30, 80, 50)]
    [InlineData(40, 30, 80, 40)] // the wait for a connection is not the server's, whichever call it was
    [InlineData(0, null, 80, 100)]
    [InlineData(0, 30, null, 100)]
    [InlineData(0, 90, 80, 100)] // an answer before the question is of something else
    public void Service_time_is_the_time_on_the_wire_where_the_client_tells_both_ends(long waited, int? first, int? last, long service)
    {
        var lane = new Lane();
        lane.Succeed(
            Seen(0, 100) with { Waited = waited * 1_000, FirstByte = At(first), LastByte = At(last) }, 0, Marks(told: 0), GoodputRule.None);

        lane.ServiceTime.Sum(series => series.TotalCount).Should().Be(1);
        (lane.ServiceTime.Max(series => series.GetMaxValue()) / 1_000).Should().Be(service);
        (lane.Latency.Max(series => series.GetMaxValue()) / 1_000).Should().Be(100);

        static long? At(int? microseconds) => microseconds is { } value ? (Due + value) * 1_000 : null;
    }

    [Fact]
    public void Only_read_lags_that_were_told_are_recorded()
    {
        var lane = new Lane();
        lane.Succeed(Seen(0, 100), 0, Marks(told: 0), GoodputRule.None);
        lane.Succeed(Seen(0, 100) with { ReadLag = 0 }, 0, Marks(told: 0), GoodputRule.None);
        lane.Fail(Seen(0, 100) with { ReadLag = 7_000 });

        lane.ReadLag.TotalCount.Should().Be(2);
        (lane.ReadLag.GetMaxValue() / 1_000).Should().Be(7);
        var merged = new Lane();
        merged.Add(lane);
        merged.ReadLag.TotalCount.Should().Be(2);
        lane.Reset();
        lane.ReadLag.TotalCount.Should().Be(0);
    }

    [Fact]
    public void Marked_tokens_count_where_the_server_is_silent()
    {
        var lane = new Lane();
        lane.Succeed(Seen(0, 100), 0, Marks(told: 0, (40, 2), (100, 3)), GoodputRule.None);

        lane.OutputTokens.Should().Be(5);
        Values(lane, "tpot").Should().Equal((100 - 40) / 4);
        (lane.Streams.Miscounted, lane.Streams.Bundled).Should().Be((0, 1));
    }

    [Theory]
    [InlineData(true, 100, 300, 11, 100)] // TPOT 20
    [InlineData(false, 100, 400, 11, 100)] // TPOT 30
    [InlineData(false, 250, 300, 11, 250)] // TTFT 250
    [InlineData(true, 150, 900, 1, 150)] // one token has no TPOT
    public void A_streamed_request_is_good_when_each_limit_holds(bool good, long first, long end, long told, long last)
    {
        var lane = new Lane();
        lane.Succeed(Seen(0, end), 0, Marks(told, (first, 1), (last, 1)), Rule);

        lane.Good.Should().Be(good ? 1 : 0);
    }

    [Theory]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity, 1)]
    [InlineData(200_000, double.PositiveInfinity, 0)]
    [InlineData(double.PositiveInfinity, 25_000, 0)]
    public void A_request_without_a_token_meets_no_limit_on_tokens(double first, double perToken, long good)
    {
        var lane = new Lane();
        lane.Succeed(Seen(0, 10), 0, Marks(told: 0), new GoodputRule(1e9, first, perToken));

        lane.Good.Should().Be(good);
    }

    [Fact]
    public void A_stream_that_timed_out_has_the_time_to_the_token_it_had_by_then()
    {
        var lane = new Lane();
        lane.TimeOut(Seen(20, 300), (Due + 120) * 1_000);
        lane.TimeOut(Seen(20, 300), (Due + 301) * 1_000);
        lane.TimeOut(Seen(20, 300), firstToken: null);
        var sum = new Lane();
        sum.Add(lane);

        Values(sum, "ttft").Should().Equal(120);
        (sum.Failed, sum.TimedOut, sum.TimedOutWithoutToken).Should().Be((3, 3, 2), "a token after the timeout came too late");
        sum.Reset();
        sum.TimedOutWithoutToken.Should().Be(0);
    }

    [Fact]
    public void What_takes_longer_than_a_day_counts_as_a_day()
    {
        var lane = new Lane();
        var twoDays = 2L * 24 * 3600 * 1_000_000;

        lane.Succeed(Seen(twoDays, twoDays + 10), 0, Marks(told: 0), GoodputRule.None);
        lane.Fail(Seen(twoDays, twoDays + 10));

        var latency = Histograms.Compact(lane.Latency);
        latency.TotalCount.Should().Be(1);
        (latency.GetMaxValue() / 1e9 / 3600).Should().BeApproximately(24, 0.1);
        lane.FailedDurations.TotalCount.Should().Be(1);
    }

    [Fact]
    public void Only_a_request_sent_later_than_due_has_a_service_time_of_its_own()
    {
        var lane = new Lane();
        lane.Succeed(Seen(start: 0, end: 100), 0, Marks(told: 0), GoodputRule.None);
        lane.Succeed(Seen(start: 20, end: 150), 0, Marks(told: 0), GoodputRule.None);
        lane.Succeed(Seen(start: 0, end: 200) with { Waited = 40_000 }, 0, Marks(told: 0), GoodputRule.None);
        lane.Succeed(Seen(start: 0, end: 250) with { Waited = 300_000 }, 0, Marks(told: 0), GoodputRule.None);
        var sum = new Lane();
        sum.Add(lane);

        foreach (var each in new[] { lane, sum })
        {
            Values(each.Latency).Should().Equal(100, 150, 200, 250);
            Values(each.ServiceTime).Should().Equal(0, 100, 130, 160);
        }

        sum.Reset();
        Values(sum.Latency).Should().BeEmpty();
        Values(sum.ServiceTime).Should().BeEmpty();
    }

    [Fact]
    public void Recording_a_streamed_request_allocates_nothing()
    {
        var lane = new Lane();
        var marks = Marks(told: 4, (120, 1), (140, 1), (180, 1));
        Record(1_000);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Record(10_000);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(10_000, "that would be a byte a request");

        void Record(int count)
        {
            for (var i = 0; i < count; i++)
            {
                lane.Succeed(Seen(20, 190), 0, marks, Rule);
            }
        }
    }

    private static Observation Seen(long start, long end) =>
        new(Due * 1_000, Due * 1_000, (Due + start) * 1_000, (Due + end) * 1_000, 0, Scheduled: true);

    private static RequestMarks Marks(long told, params (long At, int Tokens)[] chunks)
    {
        var marks = new RequestMarks();
        marks.AddTokens(0, told);
        foreach (var (at, tokens) in chunks)
        {
            marks.AddMarked((Due + at) * 1_000, tokens);
        }

        return marks;
    }

    private static long[] Values(Lane lane, string series) => Values([lane.Series[series]]);

    private static long[] Values(IEnumerable<HistogramBase> parts) =>
        [.. Histograms.Compact(parts).RecordedValues().SelectMany(step => Enumerable.Repeat(step.ValueIteratedTo / 1_000, (int)step.CountAtValueIteratedTo))];
}
