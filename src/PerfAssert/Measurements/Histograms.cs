using HdrHistogram;

namespace PerfAssert.Measurements;

/// <summary>The one shape of histogram PerfAssert records into: nanoseconds, 3 significant digits, up to a day.</summary>
internal static class Histograms
{
    /// <summary>The longest recordable value, one day. Longer ones are an error, not a clamp.</summary>
    public const long Longest = 86_400_000_000_000;

    private const int Digits = 3;

    /// <summary>An empty recorder over the whole range (about 300 KB).</summary>
    public static LongHistogram Recorder() => new(1, Longest, Digits);

    /// <summary>The sum of histograms of this shape.</summary>
    public static HistogramBase Merge(IEnumerable<HistogramBase> parts)
    {
        var merged = Recorder();
        foreach (var part in parts)
        {
            if (part.TotalCount > 0)
            {
                merged.Add(part);
            }
        }

        return merged;
    }
}
