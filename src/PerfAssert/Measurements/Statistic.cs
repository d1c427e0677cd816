namespace PerfAssert.Measurements;

/// <summary>Which statistic of a series a metric is.</summary>
internal enum Statistic
{
    /// <summary>No statistic: a rate, a share or an amount over the whole measured span.</summary>
    Total,

    /// <summary>A percentile.</summary>
    Percentile,

    /// <summary>The arithmetic mean.</summary>
    Mean,

    /// <summary>The largest value.</summary>
    Max,
}
