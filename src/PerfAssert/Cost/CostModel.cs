namespace PerfAssert.Cost;

/// <summary>
/// What a self-hosted endpoint costs at a rate. The instance is paid by the hour whether it answers or not, so the cost of an
/// answer is the hourly price over the answers of an hour; at a rate of zero it is infinite, never zero.
/// </summary>
internal static class CostModel
{
    private const double SecondsPerHour = 3600;

    /// <summary>$/request = instance $ per hour / (average RPS × 3600).</summary>
    public static double UsdPerRequest(double usdPerHour, double requestsPerSecond) =>
        requestsPerSecond > 0 ? usdPerHour / (requestsPerSecond * SecondsPerHour) : double.PositiveInfinity;

    /// <summary>$/1k req = ($/h / 3600 / successful req/s) × 1000.</summary>
    public static double UsdPerThousandRequests(double usdPerHour, double requestsPerSecond) =>
        UsdPerRequest(usdPerHour, requestsPerSecond) * 1e3;

    /// <summary>$/1M tokens = ($/h / 3600 / output tokens/s) × 10⁶.</summary>
    public static double UsdPerMillionTokens(double usdPerHour, double tokensPerSecond) =>
        tokensPerSecond > 0 ? usdPerHour / (tokensPerSecond * SecondsPerHour) * 1e6 : double.PositiveInfinity;
}
