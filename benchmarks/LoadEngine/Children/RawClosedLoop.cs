using System.Diagnostics;
using LoadEngine.Generators;

namespace LoadEngine.Children;

/// <summary>What people write by hand: tasks that loop, each with a list of its latencies.</summary>
internal static class RawClosedLoop
{
    public static async Task<Report> RunAsync(Job job)
    {
        using var target = new Target(job);
        var warmUp = job.LeadSeconds > 0 ? await LoopAsync(target, job.Connections, job.LeadSeconds, long.MaxValue).ConfigureAwait(false) : [];
        await target.AfterLeadAsync().ConfigureAwait(false);
        var measured = await LoopAsync(
            target,
            job.Connections,
            job.Requests is null ? job.Seconds : double.PositiveInfinity,
            job.Requests is { } requests ? requests / job.Connections : long.MaxValue).ConfigureAwait(false);
        return Report.Of([.. measured.Select(latency => latency / 1e3)]) with { WarmUpRequests = warmUp.LongLength };
    }

    private static async Task<long[]> LoopAsync(Target target, int users, double seconds, long requests)
    {
        var until = double.IsInfinity(seconds) ? long.MaxValue : Stopwatch.GetTimestamp() + (long)(seconds * Stopwatch.Frequency);
        var latencies = await Task.WhenAll(Enumerable.Range(0, users).Select(_ => Task.Run(() => UserAsync(target, until, requests)))).ConfigureAwait(false);
        return [.. latencies.SelectMany(list => list)];
    }

    private static async Task<List<long>> UserAsync(Target target, long until, long requests)
    {
        var latencies = new List<long>();
        for (var start = Stopwatch.GetTimestamp(); start < until && latencies.Count < requests;)
        {
            await target.GetAsync(CancellationToken.None).ConfigureAwait(false);
            var end = Stopwatch.GetTimestamp();
            latencies.Add(end - start);
            start = end;
        }

        return latencies;
    }
}
