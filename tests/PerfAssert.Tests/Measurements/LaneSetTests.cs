using FluentAssertions;
using PerfAssert.Measurements;
using Xunit;

namespace PerfAssert.Tests.Measurements;

public sealed class LaneSetTests
{
    private const long Second = 1_000_000_000;

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    [InlineData(64, 8)]
    public void Many_cores_share_a_few_lanes(int cores, int lanes) => new LaneSet(cores).Lanes.Should().HaveCount(lanes);

    [Fact]
    public void A_load_of_1000_hours_keeps_a_few_thousand_slices()
    {
        var lanes = new LaneSet(1);
        for (var hour = 0; hour < 1_000; hour++)
        {
            Complete(lanes.Lanes[hour % 2], hour * 3600L * Second);
        }

        Complete(lanes.Lanes[0], 0);

        var slices = lanes.MergeCompletions();
        slices.Length.Should().BeInRange(2_000, 4_096);
        slices.Sum().Should().Be(1_001);
        slices[0].Should().Be(2);
        (slices.Length * lanes.SliceLength.TotalHours).Should().BeApproximately(999, 1);
    }

    [Fact]
    public void Lanes_that_keep_slices_of_other_lengths_are_added_by_time()
    {
        var lanes = new LaneSet(1);
        for (var second = 0; second < 1_000; second++)
        {
            // One lane stays within its first slices, the other does not.
            Complete(lanes.Lanes[0], second % 100 * Second);
            Complete(lanes.Lanes[1], second * Second);
        }

        var copy = new LaneSet(1);
        lanes.CopyTo(copy);

        foreach (var set in new[] { lanes, copy })
        {
            set.SliceLength.Should().Be(TimeSpan.FromMilliseconds(400), "1,000 s are more than 4,096 slices of 200 ms");
            var slices = set.MergeCompletions();
            slices.Take(250).Sum().Should().Be(1_000 + 100);
            slices.Skip(250).Sum().Should().Be(900);
        }

        lanes.Reset();
        Complete(lanes.Lanes[0], Second);
        lanes.SliceLength.Should().Be(TimeSpan.FromMilliseconds(100));
        lanes.MergeCompletions().Should().HaveCount(11);
    }

    [Fact]
    public void A_further_round_has_the_series_it_records_and_makes_none_anew()
    {
        var lanes = new LaneSet(1);
        var (lane, marks) = (lanes.Lanes[0], new RequestMarks());
        marks.AddRecord("parse", TimeSpan.FromMilliseconds(1));
        lane.Succeed(Ended(1), 0, marks, GoodputRule.None);
        lanes.Reset();
        lanes.MergeSeries().Should().BeEmpty();

        var before = GC.GetAllocatedBytesForCurrentThread();
        lane.Succeed(Ended(2), 0, marks, GoodputRule.None);
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1_000);
        lanes.MergeSeries().Should().ContainKey("parse").WhoseValue.TotalCount.Should().Be(1);
    }

    private static void Complete(Lane lane, long at) => lane.Succeed(Ended(at), 0, new RequestMarks(), GoodputRule.None);

    private static Observation Ended(long at) => new(at, at, at, at, 0, Scheduled: false);
}
