using BenchmarkDotNet.Attributes;
using PerfAssert.Measurements;

namespace PerfAssert.Micro;

/// <summary>What recording one finished request costs: a lane is taken, its histograms are written, it is given back.</summary>
[MemoryDiagnoser]
public class RecorderBenchmarks
{
    private readonly LaneSet lanes = new(Environment.ProcessorCount);
    private readonly RequestMarks marks = new();
    private long index;

    [Benchmark]
    public void OpenLoop() => Record(scheduled: true);

    [Benchmark]
    public void ClosedLoop() => Record(scheduled: false);

    // Latencies from 1 to 17 ms, so that it is not always the same counter.
    private void Record(bool scheduled)
    {
        var due = 1_000_000L;
        var end = due + 1_000_000 + ((index++ & 0xFFFFFF) % 16_000_000);
        var seen = new Observation(due, due, due + 20_000, end, 0, scheduled);
        var lane = lanes.Enter();
        lane.Succeed(seen, 0, marks, GoodputRule.None);
        LaneSet.Exit(lane);
    }
}
