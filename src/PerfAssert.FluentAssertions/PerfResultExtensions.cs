namespace PerfAssert;

/// <summary>Brings <c>Should()</c> to <see cref="PerfResult"/>.</summary>
public static class PerfResultExtensions
{
    /// <summary>Starts an assertion on a result.</summary>
    /// <param name="result">The result.</param>
    /// <returns>The assertions.</returns>
    public static PerfResultAssertions Should(this PerfResult? result) => new(result);
}
