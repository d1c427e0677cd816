namespace PerfAssert.Containers;

/// <summary>Whether the two servers of a <see cref="ServerPair{TBuilder, TContainer}"/> run at the same time.</summary>
public enum PairMode
{
    /// <summary>Both run; the one that is not measured has nothing to do.</summary>
    Together,

    /// <summary>
    /// One runs at a time, where memory, of a GPU above all, does not hold both. The other is stopped before it starts; starts are not measured,
    /// and each is followed by a warm-up. They take their time: up to one a round.
    /// </summary>
    Alternating,
}
