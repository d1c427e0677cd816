using FluentAssertions;
using PerfAssert.Load;
using Xunit;

namespace PerfAssert.Tests.Load;

public sealed class WakeMarginTests
{
    private const long Second = 1_000_000_000;

    [Fact]
    public void It_comes_to_the_98th_percentile_of_late_wake_ups_and_follows_a_change()
    {
        var random = new Random(1);
        var margin = new WakeMargin();

        Feed(100_000);
        margin.Before(Second).Should().BeInRange(93_000, 100_000, "wake-ups are late by up to 100 µs, evenly");

        Feed(20_000);
        margin.Before(Second).Should().BeInRange(18_000, 20_000);

        void Feed(int most)
        {
            for (var i = 0; i < 20_000; i++)
            {
                margin.Observe(random.Next(most));
            }
        }
    }

    [Fact]
    public void It_never_takes_more_than_a_tenth_of_the_gap_nor_a_quarter_of_a_millisecond()
    {
        var margin = new WakeMargin();
        for (var i = 0; i < 10_000; i++)
        {
            margin.Observe(Second);
        }

        margin.Before(200_000).Should().Be(20_000);
        margin.Before(Second).Should().Be(250_000);
    }
}
