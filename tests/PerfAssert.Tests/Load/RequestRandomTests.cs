using FluentAssertions;
using PerfAssert.Load;
using Xunit;

namespace PerfAssert.Tests.Load;

public sealed class RequestRandomTests
{
    [Fact]
    public void Requests_and_seeds_next_to_each_other_share_no_draw()
    {
        var random = new RequestRandom();
        var draws = new List<long>();
        foreach (var seed in Enumerable.Range(1, 4))
        {
            foreach (var index in Enumerable.Range(0, 50))
            {
                random.Reseed(seed, index);
                draws.AddRange(Enumerable.Range(0, 20).Select(_ => random.NextInt64()));
            }
        }

        draws.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void First_draws_of_consecutive_requests_are_spread_evenly()
    {
        var random = new RequestRandom();
        var tenths = new int[10];
        for (var index = 0; index < 100_000; index++)
        {
            random.Reseed(1, index);
            tenths[random.Next(10)]++;
        }

        // Six standard deviations of a fair draw.
        tenths.Should().OnlyContain(count => Math.Abs(count - 10_000) < 600);
    }
}
