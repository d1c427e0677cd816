using PerfAssert.Runs;

namespace PerfAssert.Reports;

/// <summary>What the load generator cost and whether it kept up.</summary>
internal static class GeneratorSection
{
    private const double LeastStolen = 0.001;

    public static void Write(TextPage page, RunFile run)
    {
        var generator = run.Generator;
        var requests = run.Rounds.Sum(round => round.Succeeded + round.Failed);
        var perRequest = requests == 0 ? Figures.None : Figures.Milliseconds(generator.ProcessorMs / requests);
        page.Heading("Generator (the whole test process)");
        page.Line($"CPU: {perRequest} per request, {Figures.Share(generator.ProcessorShare)} of {Cores(generator.Cores)}{CoreWait(generator, requests)}{Throttled(generator)}", indent: 2);
        page.Line(
            $"GC pauses: {Figures.Milliseconds(generator.GcPauseTotalMs)} in all, {Figures.Milliseconds(generator.GcPauseMaxMs)} at most, " +
            Figures.Count(generator.GcCollections, "collection"),
            indent: 2);
        page.Line("thread pool delay: " + ThreadPool(generator), indent: 2);
        page.Line("send lag: " + SendLag(run), indent: 2);
        var reads = Distribution.Of(run.Rounds.Select(round => round.ReadLag));
        if (reads.Count > 0)
        {
            page.Line($"read lag, of {Figures.Count(reads.Count, "request")}: {Text(reads)}; taken off the latency", indent: 2);
        }

        var waits = Distribution.Of(run.Rounds.Select(round => round.ConnectionWait));
        if (waits.Count > 0)
        {
            page.Line(
                $"waited for a connection of their own HTTP client: {Figures.Count(waits.Count, "request")}, {Text(waits)}; not counted as service time",
                indent: 2);
        }
    }

    private static string Cores(double cores) => Figures.Number(cores) + (cores == 1 ? " core" : " cores");

    private static string CoreWait(RunGenerator generator, long requests) => requests == 0 || generator is { CoreWaitMs: 0, CoresIdle: null }
        ? string.Empty
        : $", waited {Figures.Milliseconds(generator.CoreWaitMs / requests)} per request for a core" +
            (generator.CoresIdle is { } idle ? $", {Figures.Share(idle)} of them idle" : string.Empty) +
            (generator.CoresStolen is >= LeastStolen and var stolen ? $", {Figures.Share(stolen)} taken by other virtual machines" : string.Empty);

    private static string Throttled(RunGenerator generator) =>
        generator.ThrottledMs > 0 ? $", stopped for {Figures.Milliseconds(generator.ThrottledMs)} by its CPU quota" : string.Empty;

    private static string ThreadPool(RunGenerator generator) => generator is { ThreadPoolDelayP99Ms: 0, ThreadPoolDelayMaxMs: 0 }
        ? "not probed"
        : $"p99 {Figures.Milliseconds(generator.ThreadPoolDelayP99Ms)}, max {Figures.Milliseconds(generator.ThreadPoolDelayMaxMs)}, " +
            $"{Figures.Count(generator.ThreadPoolQueueMax, "work item")} waiting at most";

    private static string SendLag(RunFile run)
    {
        if (!run.OpenLoop)
        {
            return "none in closed loop";
        }

        var all = Distribution.Of(run.Rounds.Select(round => round.SendLag));
        var own = Distribution.Of(run.Rounds.Select(round => round.Lateness));
        return all.Count == 0 ? "nothing was sent" : Text(all) + (run.Rounds.Any(round => round.QueuedAtMaxInFlight > 0) ? $"; without the waits at MaxInFlight {Text(own)}" : string.Empty);
    }

    private static string Text(Distribution lag) =>
        $"p50 {Figures.Nanoseconds(lag.Quantile(0.5))}, p99 {Figures.Nanoseconds(lag.Quantile(0.99))}, max {Figures.Nanoseconds(lag.Max)}";
}
