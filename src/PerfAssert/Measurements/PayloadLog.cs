using System.Collections.Immutable;

namespace PerfAssert.Measurements;

/// <summary>The payload sets that a run used. Any thread adds, once a set and slot of requests; nothing is locked on the way of a request.</summary>
internal sealed class PayloadLog
{
    private ImmutableArray<PayloadSet> sets = [];

    /// <summary>Those seen so far, by name and content.</summary>
    public ImmutableArray<PayloadSet> Sets =>
    [
        .. sets.OrderBy(set => set.Name, StringComparer.Ordinal).ThenBy(set => set.Sha256, StringComparer.Ordinal),
    ];

    public void Add(PayloadSet set) => ImmutableInterlocked.Update(
        ref sets,
        (known, added) => known.Any(other => other.Name == added.Name && other.Sha256 == added.Sha256) ? known : known.Add(added),
        set);
}
