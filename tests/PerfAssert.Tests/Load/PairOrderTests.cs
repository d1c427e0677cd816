using FluentAssertions;
using PerfAssert.Load;
using PerfAssert.Tests.Support;
using Xunit;

namespace PerfAssert.Tests.Load;

public sealed class PairOrderTests
{
    [Fact]
    public void Half_of_the_pairs_begin_with_either_version_at_places_that_depend_on_the_seed()
    {
        var orders = Enumerable.Range(1, 50).Select(seed => Order(8, seed, 0)).ToList();

        orders.Should().OnlyContain(order => order.Chunk(2).Count(pair => pair[0] == Variant.Reference) == 4);
        orders.Should().OnlyContain(order => order.Chunk(2).All(pair => pair[0] != pair[1]));
        orders.Select(order => string.Join(' ', order)).Distinct().Should().HaveCountGreaterThan(25);
        Order(8, 1, 0).Should().Equal(Order(8, 1, 0)).And.NotEqual(Order(8, 1, 1));
    }

    [Fact]
    public void Without_a_reference_every_round_is_the_candidates() =>
        PairOrder.OfBlock(Loads.Plan(Loads.Rate(1, 1)) with { Rounds = 3 }, 0).Should().Equal(Variant.Candidate, Variant.Candidate, Variant.Candidate);

    [Fact]
    public void An_odd_pair_begins_with_a_version_that_is_drawn() =>
        Enumerable.Range(1, 50).Select(seed => Order(7, seed, 0).Chunk(2).Count(pair => pair[0] == Variant.Reference)).Distinct().Order().Should().Equal(3, 4);

    private static Variant[] Order(int rounds, int seed, int block) =>
        [.. PairOrder.OfBlock(Loads.Plan(Loads.Rate(1, 1)) with { Rounds = rounds, Seed = seed, HasReference = true }, block)];
}
