namespace LoadEngine.Measuring;

/// <summary>
/// Keeps the cores awake for every tool alike while they are compared. PerfAssert asks the kernel for that itself, and it holds for the whole machine:
/// without this the server would answer sooner in PerfAssert's turns alone.
/// </summary>
internal static class AwakeCores
{
    private const string Device = "/dev/cpu_dma_latency";

    /// <summary>Asks for it until disposed.</summary>
    /// <returns><see langword="null"/> where the kernel refuses.</returns>
    public static IDisposable? TryHold()
    {
        try
        {
            var device = new FileStream(Device, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            device.Write(BitConverter.GetBytes(0));
            return device;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Whether the kernel has a driver that does what it is asked; without one a core that has nothing to do sleeps.</summary>
    public static bool HasDriver =>
        File.Exists("/sys/devices/system/cpu/cpuidle/current_driver") && File.ReadAllText("/sys/devices/system/cpu/cpuidle/current_driver").Trim() != "none";
}
