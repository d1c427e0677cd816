using PerfAssert.Runs;

namespace PerfAssert.Reports;

/// <summary>How many requests were sent, what became of them, and at what rate.</summary>
internal static class RequestSection
{
    public static void Write(TextPage page, RunFile run)
    {
        var variants = run.Rounds.GroupBy(round => round.Variant).OrderBy(group => group.Key).ToList();
        if (variants.Count == 0)
        {
            page.Heading("Requests: none was measured");
            page.Line(WarmUp(run), indent: 2);
            return;
        }

        foreach (var group in variants)
        {
            var name = variants.Count == 1 ? "Requests" : group.Key == Variant.Candidate ? "Requests, candidate" : "Requests, reference";
            page.Heading($"{name}: {Counts(group)}");
            if (run.Mode == RunMode.Gate)
            {
                page.Line(Rates(group), indent: 2);
            }

            Trouble(page, [.. group]);
        }

        page.Line(WarmUp(run), indent: 2);
    }

    private static string Counts(IEnumerable<RunRound> rounds)
    {
        var (succeeded, failed, timedOut) = (rounds.Sum(r => r.Succeeded), rounds.Sum(r => r.Failed), rounds.Sum(r => r.TimedOut));
        var sent = succeeded + failed;
        return $"{Figures.Count(sent)} sent, {Figures.Count(succeeded)} ok, {Figures.Count(failed)} failed" +
            (failed == 0 ? string.Empty : $" ({Figures.Share((double)failed / sent)}), {Figures.Count(timedOut)} of them by timeout");
    }

    private static string WarmUp(RunFile run) => run.WarmUpRequests == 0
        ? "warm-up: none"
        : $"warm-up: {Figures.Count(run.WarmUpRequests, "request")} left out" +
            (run.WarmUpFailures == 0 ? string.Empty : $", {Figures.Count(run.WarmUpFailures)} of which failed");

    private static string Rates(IEnumerable<RunRound> rounds)
    {
        var seconds = rounds.Sum(r => r.SpanMs) / 1000;
        if (seconds <= 0)
        {
            return "rate achieved: unknown, the rounds have no length";
        }

        var (succeeded, requests) = (rounds.Sum(r => r.Succeeded), rounds.Sum(r => r.Succeeded + r.Failed));
        var (scheduled, scheduledSeconds) = (rounds.Sum(r => r.Scheduled), rounds.Sum(r => r.ScheduledSpanMs) / 1000);
        var schedule = scheduledSeconds > 0 ? $", {Figures.Rate(scheduled / scheduledSeconds, 4)} scheduled" : string.Empty;
        return $"rate achieved: {Figures.Rate(succeeded / seconds, 4)} ok, {Figures.Rate(requests / seconds, 4)} in all{schedule}";
    }

    private static void Trouble(TextPage page, IReadOnlyCollection<RunRound> rounds)
    {
        if (rounds.Sum(r => r.QueuedAtMaxInFlight) is var queued and > 0)
        {
            page.Line($"{Figures.Count(queued, "request")} waited for a free place at MaxInFlight; the wait is part of the latency", indent: 2);
        }

        if (rounds.Sum(r => r.Abandoned) is var abandoned and > 0)
        {
            page.Line(
                $"{Figures.Count(abandoned, "request")} ignored the cancellation token beyond the timeout and had to be left behind: " +
                "pass request.CancellationToken to the client",
                indent: 2);
        }
    }
}
