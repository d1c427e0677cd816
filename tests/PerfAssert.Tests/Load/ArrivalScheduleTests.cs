using FluentAssertions;
using PerfAssert.Load;
using Xunit;

namespace PerfAssert.Tests.Load;

public sealed class ArrivalScheduleTests
{
    [Fact]
    public void Constant_arrivals_lie_on_an_absolute_grid_without_adding_up_errors()
    {
        var offsets = Offsets(new LoadPhase.ConstantRate(300m, TimeSpan.FromHours(1), null), Arrivals.Constant);

        offsets.Should().HaveCount(300 * 3600);
        offsets[^1].Should().BeCloseTo((long)((300d * 3600 - 1) / 300 * 1e9), 10);
        offsets[0].Should().Be(0);
    }

    [Theory]
    [InlineData(0.5, 10, 5)]
    [InlineData(1000, 0.1, 100)]
    [InlineData(3, 1, 3)]
    public void A_phase_for_a_time_holds_rate_times_time_arrivals(double rate, double seconds, int expected) =>
        Offsets(new LoadPhase.ConstantRate((decimal)rate, TimeSpan.FromSeconds(seconds), null), Arrivals.Constant)
            .Should().HaveCount(expected);

    [Fact]
    public void A_phase_for_a_number_of_requests_holds_that_number()
    {
        var phase = new LoadPhase.ConstantRate(7m, null, 100);

        Offsets(phase, Arrivals.Constant).Should().HaveCount(100);
        Offsets(phase, Arrivals.Poisson).Should().HaveCount(100);
    }

    [Theory]
    [InlineData(0, 500, 10)]
    [InlineData(500, 0, 10)]
    [InlineData(100, 300, 20)]
    public void A_ramp_has_the_rate_of_its_line_in_every_second(int from, int to, int seconds)
    {
        var offsets = Offsets(new LoadPhase.RateRamp(from, to, TimeSpan.FromSeconds(seconds)), Arrivals.Constant);

        offsets.Count.Should().BeCloseTo((from + to) * seconds / 2, 1);
        for (var second = 0; second < seconds; second++)
        {
            var middle = from + ((to - from) * (second + 0.5) / seconds);
            var seen = offsets.Count(offset => offset >= second * 1e9 && offset < (second + 1) * 1e9);
            seen.Should().BeInRange((int)Math.Floor(middle) - 1, (int)Math.Ceiling(middle) + 1);
        }
    }

    [Fact]
    public void Poisson_gaps_are_exponential()
    {
        var offsets = Offsets(new LoadPhase.ConstantRate(1000m, TimeSpan.FromSeconds(20), null), Arrivals.Poisson);
        var gaps = offsets.Zip(offsets.Skip(1), (a, b) => (b - a) / 1e6).Order().ToArray();

        // Kolmogorov-Smirnov distance from 1 − e^(−x); 1.63/√n is its 1 % point.
        var distance = gaps.Select((gap, i) => Math.Abs(1 - Math.Exp(-gap) - ((i + 0.5) / gaps.Length))).Max();
        distance.Should().BeLessThan(1.63 / Math.Sqrt(gaps.Length));
        offsets.Count.Should().BeInRange(20_000 - 600, 20_000 + 600);
    }

    [Fact]
    public void The_same_seed_gives_the_same_arrivals_and_another_seed_others()
    {
        var phase = new LoadPhase.ConstantRate(100m, TimeSpan.FromSeconds(1), null);

        Offsets(phase, Arrivals.Poisson, 5).Should().Equal(Offsets(phase, Arrivals.Poisson, 5));
        Offsets(phase, Arrivals.Poisson, 5).Should().NotEqual(Offsets(phase, Arrivals.Poisson, 6));
    }

    private static List<long> Offsets(LoadPhase phase, Arrivals arrivals, int seed = 1)
    {
        var schedule = ArrivalSchedule.For(phase, arrivals, seed);
        var offsets = new List<long>();
        while (schedule.TryNext(out var offset))
        {
            offsets.Add(offset);
        }

        return offsets;
    }
}
