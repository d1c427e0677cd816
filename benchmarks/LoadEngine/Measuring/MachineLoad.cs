using System.Globalization;

namespace LoadEngine.Measuring;

/// <summary>Whether the machine has nothing else to do.</summary>
internal static class MachineLoad
{
    /// <summary>The share of all cores' time that is used while this program waits, 0 to 1.</summary>
    public static async Task<double> BusyShareAsync(TimeSpan span, CancellationToken cancellationToken)
    {
        var before = Read();
        await Task.Delay(span, cancellationToken).ConfigureAwait(false);
        var after = Read();
        return 1 - ((after.Idle - before.Idle) / (after.All - before.All));
    }

    private static (double Idle, double All) Read()
    {
        double[] times =
        [
            .. File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1)
                .Select(text => double.Parse(text, CultureInfo.InvariantCulture)),
        ];

        // user nice system idle iowait irq softirq steal; guest times are in user's.
        return (times[3] + times[4], times[..8].Sum());
    }
}
