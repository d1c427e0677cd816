namespace PerfAssert.Environments;

/// <summary>
/// Keeps idle cores from deep sleep while load is sent, through the kernel's power management interface for latency (<c>/dev/cpu_dma_latency</c>,
/// Linux; root, or write permission to that file). A core that has to be woken up first makes sends late and answers look slow: on a virtual
/// machine by 0.1 ms and more, because there sleep is a way out to the hypervisor and back.
/// </summary>
internal static class IdleCores
{
    private const string Device = "/dev/cpu_dma_latency";
    private const string Governor = "/sys/devices/system/cpu/cpuidle/current_governor";

    // Microseconds to wake up in. Zero is never to sleep; two leave a processor its lightest sleep, so that its busy cores keep their speed.
    private const int Never = 0;
    private const int Lightly = 2;

    private static readonly Lazy<bool> Permitted = new(() =>
    {
        // Set by the package, like the runtime's options: see PerfAssert.props.
        using var held = AppContext.TryGetSwitch("PerfAssert.KeepCoresAwake", out var wanted) && wanted ? Open() : null;
        return held is not null;
    });

    /// <summary>Whether <see cref="KeepAwake"/> has an effect here.</summary>
    public static bool CanKeepAwake => Permitted.Value;

    /// <summary>Keeps the cores awake until disposed, or until the process ends, however it ends.</summary>
    /// <returns><see langword="null"/> where that cannot be done.</returns>
    public static IDisposable? KeepAwake() => CanKeepAwake ? Open() : null;

    private static FileStream? Open()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists(Device))
        {
            return null;
        }

        try
        {
            // The request lasts as long as the file is open; unbuffered, so that it is made at once.
            var device = new FileStream(Device, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            device.Write(BitConverter.GetBytes(SleepIsLeavingTheMachine() ? Never : Lightly));
            return device;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // The governor that Linux has for guests.
    private static bool SleepIsLeavingTheMachine() => TextFile.TryRead(Governor)?.Trim() == "haltpoll";
}
