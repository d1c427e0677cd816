using PerfAssert.Load;

namespace PerfAssert.Clients.Tests.Support;

/// <summary>Perf requests outside a run, to see what a client marks on them.</summary>
internal static class Requests
{
    public static PerfRequest New() => new(LoadClock.System);
}
