namespace PerfAssert.Runs;

/// <summary>What the values of a verdict are in.</summary>
internal enum RunUnit
{
    /// <summary>Nanoseconds.</summary>
    Nanoseconds,

    /// <summary>A share: 0.005 is 0.5 %.</summary>
    Share,

    /// <summary>A number a second.</summary>
    PerSecond,

    /// <summary>US dollars.</summary>
    Usd,

    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>Watts.</summary>
    Watts,

    /// <summary>A plain number.</summary>
    Number,
}
