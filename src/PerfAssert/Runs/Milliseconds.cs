namespace PerfAssert.Runs;

/// <summary>Lengths of time as run files have them.</summary>
internal static class Milliseconds
{
    /// <summary>The length that was written, to the tick: <see cref="TimeSpan.FromMilliseconds(double)"/> cuts off what the number is short of it.</summary>
    public static TimeSpan ToTimeSpan(double milliseconds) => TimeSpan.FromTicks((long)Math.Round(milliseconds * TimeSpan.TicksPerMillisecond));
}
