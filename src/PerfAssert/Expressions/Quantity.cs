namespace PerfAssert.Expressions;

/// <summary>What a number measures. The base unit is what values are stored and compared in.</summary>
internal enum Quantity
{
    /// <summary>A time; base unit nanosecond.</summary>
    Duration,

    /// <summary>A share of requests or of a capacity; base unit 1 (0.5 % is 0.005).</summary>
    Share,

    /// <summary>Something per second; base unit 1/s.</summary>
    PerSecond,

    /// <summary>Money; base unit US dollar.</summary>
    Usd,

    /// <summary>A size; base unit byte.</summary>
    Bytes,

    /// <summary>A power; base unit watt.</summary>
    Watt,

    /// <summary>A plain number.</summary>
    Count,
}
