using System.Globalization;
using CsCheck;
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

    [Theory]
    [InlineData("1.1", 30_0000000, 33)]
    [InlineData("33.333333334", 3_0000000, 101)]
    [InlineData("1.1", 3_600_000_0000000, 3_960_000)]
    [InlineData("10000000", 1, 1)]
    public void No_arrival_is_at_the_end_of_its_phase(string rate, long ticks, long expected)
    {
        var phase = new LoadPhase.ConstantRate(decimal.Parse(rate, CultureInfo.InvariantCulture), TimeSpan.FromTicks(ticks), null);

        Ends(phase).Should().Be((expected, true));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(20)]
    [InlineData(30)]
    [InlineData(60)]
    [InlineData(120)]
    [InlineData(300)]
    [InlineData(600)]
    public void A_rate_with_a_decimal_place_has_an_arrival_at_each_of_its_gaps_before_the_end(int seconds)
    {
        for (var tenths = 1; tenths < 1000; tenths++)
        {
            var phase = new LoadPhase.ConstantRate(tenths / 10m, TimeSpan.FromSeconds(seconds), null);

            Ends(phase).Should().Be((tenths * seconds / 10, true), "of '{0}'", phase);
        }
    }

    [Fact]
    public void A_ramp_has_the_arrivals_that_its_line_reaches_before_the_end() =>
        Gen.Select(Gen.Int[0, 999], Gen.Int[1, 999], Gen.Int[1, 300]).Sample(
            (from, to, tenths) =>
            {
                var length = TimeSpan.FromMilliseconds(100 * tenths);
                var expected = Expected((from + to) / 10m, length);
                return Ends(new LoadPhase.RateRamp(from / 10m, to / 10m, length)) == expected
                    && Ends(new LoadPhase.RateRamp(to / 10m, from / 10m, length)) == expected;
            },
            iter: 1000);

    [Theory]
    [InlineData("1.1", "0")]
    [InlineData("0", "1.1")]
    [InlineData("99.9", "0.1")]
    public void No_arrival_of_a_ramp_is_at_its_end(string from, string to)
    {
        for (var seconds = 10; seconds <= 600; seconds += 10)
        {
            var (first, last) = (decimal.Parse(from, CultureInfo.InvariantCulture), decimal.Parse(to, CultureInfo.InvariantCulture));

            Ends(new LoadPhase.RateRamp(first, last, TimeSpan.FromSeconds(seconds))).Should().Be(Expected(first + last, TimeSpan.FromSeconds(seconds)));
        }
    }

    [Fact]
    public void A_phase_takes_its_time_to_the_nanosecond() => Gen.Long[1, TimeSpan.TicksPerHour * 1000].Sample(
        ticks => ArrivalSchedule.For(new LoadPhase.ConstantRate(1, TimeSpan.FromTicks(ticks), null), Arrivals.Constant, 1).Length == ticks * 100,
        iter: 10_000);

    [Fact]
    public void Random_arrivals_are_before_the_end_of_their_phase() =>
        Gen.Select(Gen.Int[0, 1000], Gen.Int[1, 1000], Gen.Int[1, 100], Gen.Int).Sample(
            (from, to, tenths, seed) =>
            {
                var phase = new LoadPhase.RateRamp(from, to, TimeSpan.FromSeconds(tenths / 10d));
                return Offsets(phase, Arrivals.Poisson, seed).TrueForAll(offset => offset < phase.Duration.Ticks * 100);
            },
            iter: 200);

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
        ShouldBeExponential(offsets.Zip(offsets.Skip(1), (a, b) => (b - a) / 1e6));
        offsets.Count.Should().BeInRange(20_000 - 600, 20_000 + 600);
    }

    [Theory]
    [InlineData(0, 2000, 20)]
    [InlineData(2000, 0, 20)]
    [InlineData(300, 700, 40)]
    public void Random_arrivals_of_a_ramp_follow_the_integral_of_its_rate(int from, int to, int seconds)
    {
        var offsets = Offsets(new LoadPhase.RateRamp(from, to, TimeSpan.FromSeconds(seconds)), Arrivals.Poisson);

        // By the number of arrivals expected until then, instead of time, they are those of one a unit.
        double[] expected = [0, .. offsets.Select(offset => Integral(offset / 1e9))];
        ShouldBeExponential(expected.Zip(expected.Skip(1), (a, b) => b - a));
        offsets.Count.Should().BeInRange(20_000 - 600, 20_000 + 600);

        double Integral(double t) => (from * t) + ((to - from) * t * t / (2 * seconds));
    }

    [Fact]
    public void The_same_seed_gives_the_same_arrivals_and_another_seed_others()
    {
        var phase = new LoadPhase.ConstantRate(100m, TimeSpan.FromSeconds(1), null);

        Offsets(phase, Arrivals.Poisson, 5).Should().Equal(Offsets(phase, Arrivals.Poisson, 5));
        Offsets(phase, Arrivals.Poisson, 5).Should().NotEqual(Offsets(phase, Arrivals.Poisson, 6));
    }

    // Kolmogorov-Smirnov distance from 1 − e^(−x); 1.63/√n is its 1 % point.
    private static void ShouldBeExponential(IEnumerable<double> gaps)
    {
        double[] ordered = [.. gaps.Order()];
        var distance = ordered.Select((gap, i) => Math.Abs(1 - Math.Exp(-gap) - ((i + 0.5) / ordered.Length))).Max();
        distance.Should().BeLessThan(1.63 / Math.Sqrt(ordered.Length));
    }

    // Half the sum of both rates is the mean.
    private static (long Count, bool BeforeTheEnd) Expected(decimal rates, TimeSpan length) =>
        ((long)decimal.Ceiling(rates * length.Ticks / TimeSpan.TicksPerSecond / 2), true);

    private static (long Count, bool BeforeTheEnd) Ends(LoadPhase phase)
    {
        var schedule = ArrivalSchedule.For(phase, Arrivals.Constant, 1);
        var (count, last, ascending) = (0L, -1L, true);
        while (schedule.TryNext(out var offset))
        {
            ascending &= offset >= last;
            (count, last) = (count + 1, offset);
        }

        return (count, ascending && last < phase.Length!.Value.Ticks * 100);
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
