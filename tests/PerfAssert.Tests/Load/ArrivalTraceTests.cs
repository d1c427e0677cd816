using FluentAssertions;
using PerfAssert.Load;
using Xunit;

namespace PerfAssert.Tests.Load;

public sealed class ArrivalTraceTests
{
    [Fact]
    public void An_arrival_takes_eight_bytes()
    {
        const int Arrivals = 10_000_000;
        var before = GC.GetAllocatedBytesForCurrentThread();
        var trace = Trace([0]);
        for (var i = 1L; i < Arrivals; i++)
        {
            trace.Add(i * 1_000);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(Arrivals * 8L * 102 / 100);
        (trace.Count, trace[0], trace[65_535], trace[65_536], trace[Arrivals - 1]).Should()
            .Be((Arrivals, 0, 65_535_000, 65_536_000, (Arrivals - 1) * 1_000L));
    }

    [Theory]
    [InlineData(new long[] { 0, 10, 20, 30 }, 40)]
    [InlineData(new long[] { 10, 20, 30 }, 40)]
    [InlineData(new long[] { 5 }, 5)]
    [InlineData(new long[] { 7, 7 }, 7)]
    public void It_lasts_a_mean_gap_beyond_its_last_arrival(long[] offsets, long length) => Trace(offsets).Length.Should().Be(length);

    [Fact]
    public void Its_schedule_is_what_was_recorded()
    {
        var phase = new LoadPhase.Trace("x", 1) { Recorded = Trace([0, 5, 5, 123_456_789_012_345]) };

        Offsets(phase).Should().Equal(0, 5, 5, 123_456_789_012_345);
        ArrivalSchedule.For(phase, Arrivals.Poisson, 1).ExpectedCount.Should().Be(4);
    }

    [Fact]
    public void A_speed_divides_the_time_between_arrivals()
    {
        var phase = new LoadPhase.Trace("x", 2.5m) { Recorded = Trace([100, 1_000, 2_000]) };

        Offsets(phase).Should().Equal(40, 400, 800);
        ArrivalSchedule.For(phase, Arrivals.Constant, 1).Length.Should().Be(1_180);
        phase.MeanRate(phase.Recorded).Should().BeApproximately(3 / 1_180e-9m, 1);
    }

    [Fact]
    public void The_hash_is_that_of_the_offsets()
    {
        // printf '0\n5\n5\n' | sha256sum
        Trace([0, 5, 5]).Sha256.Should().Be("e3815fa914af50544f3394ecb298ffd738ae08ac580b291faed86033d36280e9");
        Trace([0, 5, 6]).Sha256.Should().NotBe(Trace([0, 5, 5]).Sha256);
    }

    private static ArrivalTrace Trace(IEnumerable<long> offsets)
    {
        var trace = new ArrivalTrace();
        foreach (var offset in offsets)
        {
            trace.Add(offset);
        }

        return trace;
    }

    private static List<long> Offsets(LoadPhase phase)
    {
        var schedule = ArrivalSchedule.For(phase, Arrivals.Constant, 1);
        var offsets = new List<long>();
        while (schedule.TryNext(out var offset))
        {
            offsets.Add(offset);
        }

        return offsets;
    }
}
