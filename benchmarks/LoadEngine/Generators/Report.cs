namespace LoadEngine.Generators;

/// <summary>What a generator says itself, in microseconds.</summary>
/// <param name="P50">Median latency.</param>
/// <param name="P99">99th percentile.</param>
/// <param name="Max">The slowest; NaN: it does not say.</param>
/// <param name="WarmUpRequests">Requests it sent before the measured ones.</param>
/// <param name="Requests">Requests it measured; 0: it does not say.</param>
/// <param name="Note">What else it says: that the run was invalid, for example.</param>
/// <param name="ServiceP50">Median service time, of a tool that tells it from the latency.</param>
/// <param name="ServiceP99">Its 99th percentile.</param>
internal sealed record Report(
    double P50, double P99, double Max, long WarmUpRequests = 0, long Requests = 0, string? Note = null, double? ServiceP50 = null, double? ServiceP99 = null)
{
    public static Report Of(double[] microseconds)
    {
        if (microseconds.Length == 0)
        {
            throw new FormatException("the tool reported no request");
        }

        Array.Sort(microseconds);
        return new Report(Measuring.Percentile.Of(microseconds, 0.5), Measuring.Percentile.Of(microseconds, 0.99), microseconds[^1]);
    }
}
