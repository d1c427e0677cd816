using System.Collections.Immutable;
using PerfAssert.Baselines;
using PerfAssert.Runs;

namespace PerfAssert.Promotion;

/// <summary>The conditions of a run as its file tells them: the same texts as those of a run that is being judged.</summary>
internal static class RunConditions
{
    public static ImmutableSortedDictionary<string, string> Of(RunFile run)
    {
        var load = run.Plan.Load;
        return Conditions.Of(
            run.Fingerprint,
            new LoadConditions(
                load.Expression,
                LoadConditions.WarmUpText(load.WarmUpMs, load.WarmUpRequests),
                load.Rounds,
                load.Arrivals,
                load.RequestTimeoutMs,
                load.MaxInFlight,
                load.Seed));
    }
}
