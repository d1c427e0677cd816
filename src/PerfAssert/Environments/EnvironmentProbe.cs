using System.Runtime.InteropServices;

namespace PerfAssert.Environments;

/// <summary>Reads the fingerprint of where this process runs.</summary>
internal static class EnvironmentProbe
{
    private static readonly Lazy<EnvironmentFingerprint> Here = new(Probe);

    /// <summary>The fingerprint; found out once a process.</summary>
    public static EnvironmentFingerprint Read() => Here.Value;

    /// <summary><c>linux</c>, <c>windows</c> or <c>macos</c>; <see langword="null"/> on another system.</summary>
    public static string? OperatingSystemFamily { get; } =
        OperatingSystem.IsLinux() ? "linux" : OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "macos" : null;

    /// <summary>Cores this process may use: the runtime counts a quota of 1.5 as two.</summary>
    public static double Cores(int processors, CpuQuota? quota) => Math.Min(quota?.Cores ?? processors, processors);

    private static EnvironmentFingerprint Probe()
    {
        var (gpu, driver) = GpuProbe.Read();
        return new EnvironmentFingerprint(
            CpuProbe.Read(),
            Cores(Environment.ProcessorCount, CpuQuota.Read()),
            MemoryProbe.ReadGiB(),
            gpu,
            driver,
            RuntimeInformation.OSDescription.Trim(),
            RuntimeInformation.ProcessArchitecture.ToString(),
            RuntimeInformation.FrameworkDescription,
            System.Runtime.GCSettings.IsServerGC,
            RuntimeSettings.IsGcConcurrent(),
            RuntimeSettings.TieredCompilation(),
            ContainerProbe.IsContainer(),
            RuntimeSettings.PoolSpins(),
            IdleCores.CanKeepAwake,
            RuntimeSettings.Gen0BudgetMiB(),
            RuntimeSettings.PoolAdapts());
    }
}
