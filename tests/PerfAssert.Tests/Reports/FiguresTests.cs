using FluentAssertions;
using PerfAssert.Reports;
using PerfAssert.Runs;
using Xunit;

namespace PerfAssert.Tests.Reports;

public sealed class FiguresTests
{
    [Theory]
    [InlineData(0, "0 ns")]
    [InlineData(999, "999 ns")]
    [InlineData(1_234, "1.23 µs")]
    [InlineData(999_900, "1 ms")]
    [InlineData(12_345_678, "12.3 ms")]
    [InlineData(200_000_000, "200 ms")]
    [InlineData(1_500_000_000, "1.5 s")]
    [InlineData(90_000_000_000, "90 s")]
    [InlineData(4_321_000_000_000, "4,321 s")]
    [InlineData(double.PositiveInfinity, "timed out")]
    public void A_time_has_the_unit_that_fits(double nanoseconds, string text) => Figures.Nanoseconds(nanoseconds).Should().Be(text);

    [Theory]
    [InlineData(.1004, .1, "+10.04 %")]
    [InlineData(.1, .1004, "+10 %")]
    [InlineData(.1, .1, "+10 %")]
    [InlineData(.2, .1, "+20 %")]
    public void Changes_that_differ_are_shown_to_differ(double change, double other, string text) =>
        Figures.DistinctChange(change, other, isDifference: false).Should().Be(text);

    [Theory]
    [InlineData(.1234, false, "+12.3 %")]
    [InlineData(-.05, false, "-5 %")]
    [InlineData(.00048, false, "+0.05 %")]
    [InlineData(0, false, "0 %")]
    [InlineData(.0031, true, "+0.31 pp")]
    [InlineData(.12345, false, "+12.3 %")]
    public void A_change_has_a_sign(double change, bool isDifference, string text) => Figures.Change(change, isDifference).Should().Be(text);

    [Theory]
    [InlineData(0.001, nameof(RunUnit.Share), "0.1 %")]
    [InlineData(199.94, nameof(RunUnit.PerSecond), "200 /s")]
    [InlineData(0.000133, nameof(RunUnit.Usd), "$0.000133")]
    [InlineData(1_572_864.0, nameof(RunUnit.Bytes), "1.5 MiB")]
    [InlineData(72.25, nameof(RunUnit.Watts), "72.3 W")]
    [InlineData(7.0, nameof(RunUnit.Number), "7")]
    [InlineData(double.NaN, nameof(RunUnit.Share), "not a number")]
    [InlineData(null, nameof(RunUnit.Share), "-")]
    public void A_value_has_the_unit_of_its_metric(double? value, string unit, string text) =>
        Figures.Value(value, Enum.Parse<RunUnit>(unit)).Should().Be(text);

    [Theory]
    [InlineData(200.4e6, 200e6, "200.4 ms")]
    [InlineData(200.0004e6, 200e6, "200.0004 ms")]
    [InlineData(200e6, 200e6, "200 ms")]
    [InlineData(312.4e6, 200e6, "312 ms")]
    public void An_observed_value_never_reads_like_a_limit_it_is_not(double observed, double limit, string text) =>
        Figures.Distinct(observed, limit, RunUnit.Nanoseconds).Should().Be(text);
}
