namespace PerfAssert.Load;

/// <summary>
/// In which order the two versions are measured. Rounds of both alternate, so that what changes slowly (temperature, neighbours, caches)
/// meets both alike; and which of a pair comes first is drawn, because "always the reference first" turns a drift into a difference.
/// Half of the pairs begin with either, at random places that depend on the seed alone.
/// </summary>
internal static class PairOrder
{
    /// <summary>The versions of one block's rounds, in order. Without a reference all of them are the candidate's.</summary>
    /// <param name="plan">The load.</param>
    /// <param name="block">The block's number, from 0.</param>
    public static IEnumerable<Variant> OfBlock(LoadPlan plan, int block) =>
        Firsts(plan.Rounds, plan.Seed, block).SelectMany(referenceFirst => Of(plan.Variants, referenceFirst));

    /// <summary>The versions of one pair.</summary>
    public static Variant[] Of(int variants, bool referenceFirst) =>
        variants == 1 ? [Variant.Candidate]
        : referenceFirst ? [Variant.Reference, Variant.Candidate]
        : [Variant.Candidate, Variant.Reference];

    private static bool[] Firsts(int pairs, int seed, int block)
    {
        var random = new RequestRandom();
        random.Reseed(seed, block);
        var odd = random.Next(2);
        var firsts = Enumerable.Range(0, pairs).Select(pair => (pair + odd) % 2 == 0).ToArray();
        random.Shuffle(firsts);
        return firsts;
    }
}
