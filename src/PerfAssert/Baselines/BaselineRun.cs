using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace PerfAssert.Baselines;

/// <summary>One run of one test as its baseline keeps it: a line of the file.</summary>
internal sealed record BaselineRun
{
    /// <summary>When it was made: two runs of one test never start at once, so it says which run it is, and the same one is never taken twice.</summary>
    [JsonPropertyOrder(0)]
    public required DateTimeOffset At { get; init; }

    /// <summary>Of which commit; <see langword="null"/>: unknown.</summary>
    [JsonPropertyOrder(1)]
    public required string? Commit { get; init; }

    /// <summary>Name of the run file it was taken from, for people.</summary>
    [JsonPropertyOrder(2)]
    public required string Source { get; init; }

    /// <summary>Requests of all rounds.</summary>
    [JsonPropertyOrder(3)]
    public required long Requests { get; init; }

    /// <summary>How many of them failed.</summary>
    [JsonPropertyOrder(4)]
    public required long Failed { get; init; }

    /// <summary>Input tokens of the successful ones.</summary>
    [JsonPropertyOrder(5)]
    public required long InputTokens { get; init; }

    /// <summary>Output tokens of the successful ones.</summary>
    [JsonPropertyOrder(6)]
    public required long OutputTokens { get; init; }

    /// <summary>By the name of the metric, its value in each round, in the base unit; <see langword="null"/>: that round has none.</summary>
    [JsonPropertyOrder(7)]
    [JsonConverter(typeof(RoundValuesConverter))]
    public required ImmutableSortedDictionary<string, ImmutableArray<double?>> Values { get; init; }

    /// <summary>Under which conditions: see <see cref="Baselines.Conditions"/>.</summary>
    [JsonPropertyOrder(8)]
    [JsonConverter(typeof(ConditionsConverter))]
    public required ImmutableSortedDictionary<string, string> Conditions { get; init; }

    /// <summary>The limits that its good requests met, as text; <see langword="null"/>: unknown, a file older than this key.</summary>
    [JsonPropertyOrder(9)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? GoodputLimits { get; init; }

    /// <summary>Latencies of all rounds in nanoseconds, in HdrHistogram's compressed V2 encoding as base64.</summary>
    [JsonPropertyOrder(10)]
    public required string Histogram { get; init; }

    /// <summary>Successful requests.</summary>
    [JsonIgnore]
    public long Succeeded => Requests - Failed;

    /// <summary>
    /// The run's one value of a metric: the median over its rounds, of errors the share of all its requests. Rounds of one run are no replicates of
    /// it, so they never count as more than one. <see langword="null"/>: the run has no value.
    /// </summary>
    public double? Value(string metric) => metric == "errors" ? ShareOf(Failed, Requests)
        : Values.TryGetValue(metric, out var rounds) ? Median([.. rounds.OfType<double>()])
        : null;

    /// <summary>Failed ones of all requests; <see langword="null"/> without requests.</summary>
    public static double? ShareOf(long failed, long requests) => requests == 0 ? null : (double)failed / requests;

    /// <summary>The median; <see langword="null"/> without values. Infinite when half of them are.</summary>
    public static double? Median(double[] values)
    {
        if (values.Length == 0)
        {
            return null;
        }

        Array.Sort(values);
        var (lower, upper) = (values[(values.Length - 1) / 2], values[values.Length / 2]);
        return double.IsPositiveInfinity(upper) ? upper : (lower + upper) / 2;
    }
}
