using LoadEngine.Generators;

namespace LoadEngine.Measuring;

/// <summary>What an open loop must see when the server stalls, computed from the schedule and the server's script.</summary>
internal static class StallTruth
{
    /// <summary>Latencies from the intended starts of a constant rate.</summary>
    /// <param name="rate">Arrivals a second, the first at 0.</param>
    /// <param name="seconds">How long they go on.</param>
    /// <param name="service">Service time in seconds.</param>
    /// <param name="stallAfter">When the stall begins.</param>
    /// <param name="stallLength">How long it lasts.</param>
    public static Report Of(int rate, double seconds, double service, double stallAfter, double stallLength)
    {
        var stallEnd = stallAfter + stallLength;
        var latencies = new double[(int)Math.Round(rate * seconds)];
        for (var k = 0; k < latencies.Length; k++)
        {
            var sent = (double)k / rate;

            // In the stall nothing is read, and what is due is answered at its end.
            var read = IsInStall(sent) ? stallEnd : sent;
            var due = read + service;
            latencies[k] = ((IsInStall(due) ? stallEnd : due) - sent) * 1e6;
        }

        return Report.Of(latencies);

        bool IsInStall(double time) => time >= stallAfter && time < stallEnd;
    }
}
