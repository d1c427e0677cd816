using System.Collections.Immutable;

namespace PerfAssert.Measurements;

/// <summary>The servers that a run's requests went to, in the order of their first request. Any thread adds, once a server and slot of requests.</summary>
internal sealed class ServerLog
{
    private ImmutableArray<ServerUse> uses = [];

    public ImmutableArray<ServerUse> Uses => uses;

    // Of one server object and version there is one use, whoever adds it.
    public void Add(Variant variant, MeasuredServer server) => ImmutableInterlocked.Update(
        ref uses,
        (known, added) => known.Contains(added) ? known : known.Add(added),
        new ServerUse(variant, server));
}
