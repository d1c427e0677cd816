using LoadEngine.Generators;

namespace LoadEngine.Children;

/// <summary>What the engine costs beyond the request: a method that does nothing. Two counts, so that what a run costs once falls out.</summary>
internal static class EmptyMethod
{
    private const long Few = 1_000_000;
    private const long Many = 51_000_000;

    public static async Task<EmptyMethodCost> RunAsync(Job job)
    {
        _ = await MeasureAsync(job, Few).ConfigureAwait(false);
        var few = await MeasureAsync(job, Few).ConfigureAwait(false);
        var many = await MeasureAsync(job, Many).ConfigureAwait(false);
        return new EmptyMethodCost(
            (many.Milliseconds - few.Milliseconds) * 1e6 / (Many - Few),
            (double)(many.Bytes - few.Bytes) / (Many - Few));
    }

    private static async Task<(double Milliseconds, long Bytes)> MeasureAsync(Job job, long calls)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var result = await PerfAssertLoad.RunAsync(static _ => Task.CompletedTask, $"{calls} requests by {job.Connections} users", null).ConfigureAwait(false);
        var bytes = GC.GetTotalAllocatedBytes(precise: true) - before;
        using var json = PerfAssertLoad.Open(result);
        var round = json.RootElement.GetProperty("rounds")[0];
        if (round.GetProperty("succeeded").GetInt64() != calls)
        {
            throw new InvalidOperationException($"Not all calls were made:\n{result.Text}");
        }

        return (round.GetProperty("spanMs").GetDouble(), bytes);
    }
}
