using PerfAssert.Expressions;

namespace PerfAssert.Planning;

/// <summary>Legal ranges of the load's options, as <see cref="LoadAttribute"/> documents them.</summary>
internal static class LoadRanges
{
    public const int MostRounds = 100;
    public const int MostInFlight = 1_000_000;

    /// <summary>Rounds of a test with a relative budget: enough to tell a change from noise.</summary>
    public const int RoundsToCompare = 8;

    /// <summary>Parses the longest duration of the measured part, 1 s to 24 h.</summary>
    /// <exception cref="PerfExpressionException">It is not one.</exception>
    public static TimeSpan ParseMaxDuration(string? text)
    {
        var longest = Durations.Parse(text);
        return longest >= TimeSpan.FromSeconds(1) && longest <= TimeSpan.FromHours(24)
            ? longest
            : throw new PerfExpressionException(text ?? "", 1, $"found a longest duration of {Durations.Format(longest)}, expected 1 s to 24 h");
    }

    /// <summary>Parses a request timeout, 1 ms to 1 h.</summary>
    /// <exception cref="PerfExpressionException">It is not one.</exception>
    public static TimeSpan ParseRequestTimeout(string? text)
    {
        var timeout = Durations.Parse(text);
        return timeout >= TimeSpan.FromMilliseconds(1) && timeout <= TimeSpan.FromHours(1)
            ? timeout
            : throw new PerfExpressionException(text ?? "", 1, $"found a request timeout of {Durations.Format(timeout)}, expected 1 ms to 1 h");
    }
}
