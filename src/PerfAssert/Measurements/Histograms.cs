using HdrHistogram;

namespace PerfAssert.Measurements;

/// <summary>The one shape of histogram PerfAssert records into: nanoseconds, 3 significant digits, up to a day.</summary>
internal static class Histograms
{
    /// <summary>The longest value that is told from longer ones, one day.</summary>
    public const long Longest = 86_400_000_000_000;

    private const int Digits = 3;

    /// <summary>An empty recorder over the whole range (about 300 KB).</summary>
    public static LongHistogram Recorder() => new(1, Longest, Digits);

    /// <summary>Records a length of time in nanoseconds; what lies outside of the range counts as its end.</summary>
    public static void Record(this LongHistogram recorder, long nanoseconds) => recorder.RecordValue(Math.Clamp(nanoseconds, 0, Longest));

    /// <summary>
    /// The sum in a histogram that is kept: it ends at its largest value and counts in four bytes, 16 KB when it is empty and about 80 KB
    /// for latencies of a second. One bucket holds up to two billion requests.
    /// </summary>
    public static HistogramBase Compact(IEnumerable<HistogramBase> parts)
    {
        HistogramBase[] filled = [.. parts.Where(part => part.TotalCount > 0)];
        var compact = new IntHistogram(1, filled.Select(part => part.GetMaxValue()).Append(2).Max(), Digits);
        foreach (var step in filled.SelectMany(part => part.RecordedValues()))
        {
            compact.RecordValueWithCount(step.ValueIteratedTo, step.CountAtValueIteratedTo);
        }

        return compact;
    }

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
