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

        LateShare(100_000).Should().BeInRange(0.015, 0.025, "wake-ups are late by up to 100 µs, evenly");
        margin.Before(Second).Should().BeInRange(93_000, 100_000);

        LateShare(20_000).Should().BeInRange(0.015, 0.025);
        margin.Before(Second).Should().BeInRange(18_000, 20_000);

        // Of the second half: in the first the margin is on its way.
        double LateShare(int most)
        {
            const int Half = 10_000;
            var above = 0;
            for (var i = 0; i < 2 * Half; i++)
            {
                var late = random.Next(most);
                above += i >= Half && late > margin.Before(Second) ? 1 : 0;
                margin.Observe(late);
            }

            return above / (double)Half;
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
