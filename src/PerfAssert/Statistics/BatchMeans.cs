namespace PerfAssert.Statistics;

/// <summary>Rates in batches of time long enough to be nearly independent, so that a t interval over them is honest about autocorrelation.</summary>
internal static class BatchMeans
{
    /// <summary>Batches aimed at: enough for a t interval, few enough to be long.</summary>
    public const int Target = 20;

    /// <summary>The rates per second of batches that together are the whole of each span, with what came in its last, broken slice.</summary>
    /// <param name="passes">Spans that are not neighbours in time; a batch never is of two.</param>
    public static double[] Of(IReadOnlyList<SlicedCount> passes)
    {
        var batchesPerPass = Math.Max(1, Target / Math.Max(1, passes.Count));
        return [.. passes.SelectMany(pass => OfOne(pass, batchesPerPass))];
    }

    private static IEnumerable<double> OfOne(SlicedCount pass, int most)
    {
        // Nothing is made for slices without an event: those behind the last one may be many.
        var slices = pass.Span.Ticks / pass.Slice.Ticks;
        var batches = Math.Min(most, slices);
        for (var b = 0; b < batches; b++)
        {
            var (begin, end) = (b * slices / batches, (b + 1) * slices / batches);
            var (counted, length) = b < batches - 1
                ? (Math.Min(end, pass.Counts.Count), (end - begin) * pass.Slice)
                : (pass.Counts.Count, pass.Span - (begin * pass.Slice));
            yield return Sum(pass.Counts, begin, counted) / length.TotalSeconds;
        }
    }

    private static long Sum(IReadOnlyList<long> counts, long begin, long end)
    {
        var sum = 0L;
        for (var i = begin; i < end; i++)
        {
            sum += counts[(int)i];
        }

        return sum;
    }
}
