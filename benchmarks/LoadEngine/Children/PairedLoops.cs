using System.Diagnostics;
using LoadEngine.Generators;
using LoadEngine.Measuring;
using PerfAssert;

namespace LoadEngine.Children;

/// <summary>
/// PerfAssert's closed loop and the raw one in turns of a tenth of a second, in one process, on the same client and connections: what the machine
/// does to one of them it does to the other. The users are PerfAssert's; in the raw loop's turns a request of theirs is that loop.
/// </summary>
/// <remarks>PerfAssert's monitors run in all turns: this is what a request costs, without them.</remarks>
internal sealed class PairedLoops : IDisposable
{
    private static readonly long TurnLength = Stopwatch.Frequency / 10;

    private readonly Target target;
    private readonly ExecutionContext outside = ExecutionContext.Capture()!;
    private readonly long origin = Stopwatch.GetTimestamp();
    private readonly Turn[] turns;

    private PairedLoops(Job job)
    {
        target = new Target(job);
        turns = new Turn[(int)((job.TotalSeconds + 60) * Stopwatch.Frequency / TurnLength)];
    }

    public static async Task<PairedRatios> RunAsync(Job job)
    {
        using var loops = new PairedLoops(job);
        var result = await PerfAssertLoad.RunAsync(
            loops.Request, PerfAssertLoad.Load(job, job.Seconds), PerfAssertLoad.Text(job.LeadSeconds) + " s").ConfigureAwait(false);
        using var json = PerfAssertLoad.Open(result);
        if (json.RootElement.GetProperty("rounds")[0].GetProperty("failed").GetInt64() > 0)
        {
            throw new InvalidOperationException($"Requests failed:\n{result.Text}");
        }

        return loops.Compare((int)(job.LeadSeconds * Stopwatch.Frequency / TurnLength) + 1);
    }

    public void Dispose() => target.Dispose();

    private Task Request(PerfRequest request)
    {
        var turn = TurnNow();
        if (turn % 2 == 0)
        {
            Count(turn);
            return target.GetAsync(request.CancellationToken);
        }

        // Nothing of the request flows into the raw loop.
        ExecutionContext.Restore(outside);
        return LoopAsync(turn);
    }

    // As in RawClosedLoop, until the turn is over.
    private async Task LoopAsync(int turn)
    {
        var latencies = new List<long>();
        var start = Stopwatch.GetTimestamp();
        do
        {
            Count(turn);
            await target.GetAsync(CancellationToken.None).ConfigureAwait(false);
            var end = Stopwatch.GetTimestamp();
            latencies.Add(end - start);
            start = end;
        }
        while (TurnNow() == turn);
    }

    private int TurnNow() => (int)((Stopwatch.GetTimestamp() - origin) / TurnLength);

    // Counts a request as it is sent. The first one of a turn notes where time and CPU stand.
    private void Count(int turn)
    {
        if (Interlocked.Increment(ref turns[turn].Requests) == 1)
        {
            turns[turn].Start = Stopwatch.GetTimestamp();
            turns[turn].Cpu = Environment.CpuUsage.TotalTime;
        }
    }

    // Each turn of PerfAssert's over the mean of the two beside it.
    private PairedRatios Compare(int first)
    {
        var last = Array.FindLastIndex(turns, turn => turn.Requests > 0) - 1;
        int[] own = [.. Enumerable.Range(first + 1, last - first - 1).Where(turn => turn % 2 == 0 && IsWhole(turn - 1) && IsWhole(turn) && IsWhole(turn + 1))];
        return new PairedRatios(
            Percentile.Median(own.Select(turn => Throughput(turn) * 2 / (Throughput(turn - 1) + Throughput(turn + 1)))),
            Percentile.Median(own.Select(turn => Cpu(turn) * 2 / (Cpu(turn - 1) + Cpu(turn + 1)))));
    }

    // Not so where the machine stood still for a turn.
    private bool IsWhole(int turn) => turns[turn].Requests > 0 && turns[turn + 1].Requests > 0;

    private double Throughput(int turn) => turns[turn].Requests / Stopwatch.GetElapsedTime(turns[turn].Start, turns[turn + 1].Start).TotalSeconds;

    private double Cpu(int turn) => (turns[turn + 1].Cpu - turns[turn].Cpu).TotalMicroseconds / turns[turn].Requests;

    private struct Turn
    {
        public long Requests;
        public long Start;
        public TimeSpan Cpu;
    }
}
