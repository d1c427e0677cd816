using System.Collections.Immutable;
using PerfAssert.Baselines;
using PerfAssert.Budgets;
using PerfAssert.Load;
using PerfAssert.Runs;

namespace PerfAssert.Promotion;

/// <summary>The conditions of a run as its file tells them: the same texts as those of a run that is being judged.</summary>
internal static class RunConditions
{
    public static ImmutableSortedDictionary<string, string> Of(RunFile run) => Conditions.Of(
        run.Fingerprint,
        LoadConditions.Of(LoadOf(run)),
        [
            .. Conditions.Contents("payloads", (run.Payloads ?? []).Select(payload => (payload.Name, payload.Sha256))),
            .. Conditions.Images((run.Servers ?? []).Where(server => server is { Variant: Variant.Candidate, IsUnderTest: false })
                .Select(server => (server.Name, server.Image, server.Digest))),
            .. Conditions.Contents("trace", (run.Plan.Load.Traces ?? []).Select(trace => (trace.File, trace.Sha256))),

            // Seconds instead of the whole load have fewer extremes.
            .. run.Ended == RunEarlyEnd.Decided ? [KeyValuePair.Create("ended", "as soon as every budget was decided")] : Array.Empty<KeyValuePair<string, string>>(),
        ]);

    /// <summary>The limits that its good requests met.</summary>
    public static string GoodputOf(RunFile run) => Goodput.TextOf(Goodput.RuleOf(BudgetsOf(run)));

    /// <summary>The budgets of a run, without those that another version wrote and this one cannot read.</summary>
    public static ImmutableArray<Budget> BudgetsOf(RunFile run) =>
        [.. run.Plan.Budgets.Select(declared => Budget.TryParse(declared.Text, out var budget, out _) ? budget : null).OfType<Budget>()];

    /// <summary>The load of a run.</summary>
    public static LoadPlan LoadOf(RunFile run)
    {
        var load = run.Plan.Load;
        return new LoadPlan(
            LoadExpression.Parse(load.Expression),
            new WarmUp(load.WarmUpMs is { } warmUp ? Milliseconds.ToTimeSpan(warmUp) : null, load.WarmUpRequests),
            load.Rounds,
            load.Arrivals,
            Milliseconds.ToTimeSpan(load.RequestTimeoutMs),
            load.MaxInFlight,
            load.Seed);
    }
}
