using System.Globalization;

namespace PerfAssert.Environments;

/// <summary>
/// Where a run was made: what must be equal before two runs can be compared. Holds nothing that names a machine or a person, and
/// nothing that changes by itself from run to run, such as a clock frequency.
/// </summary>
/// <param name="Cpu">The processor's model.</param>
/// <param name="Cores">Logical cores this process may use, its affinity included; not a whole number where it has a CPU quota.</param>
/// <param name="MemoryGiB">Memory this process may use, rounded to GiB; at least 1.</param>
/// <param name="Gpu">The GPUs' names; <c>none</c>; or <c>unknown</c> when the driver's tool is there and does not answer.</param>
/// <param name="GpuDriver">The driver's version, <c>none</c> or <c>unknown</c>.</param>
/// <param name="OperatingSystem">Name and version of the operating system.</param>
/// <param name="Architecture">Of this process: <c>X64</c>, <c>Arm64</c>.</param>
/// <param name="Runtime">Name and version of the .NET runtime.</param>
/// <param name="ServerGc">Whether the server garbage collector is in force.</param>
/// <param name="ConcurrentGc">Whether background collections are in force.</param>
/// <param name="TieredCompilation"><c>on</c>, <c>off</c>, or <c>on</c> with what was switched off: <c>on, no quick JIT</c>.</param>
/// <param name="Container">Whether this process runs in a container.</param>
/// <param name="PoolSpins">Whether idle threads of the thread pool spin before they sleep.</param>
/// <param name="CoresAwake">Whether idle cores are kept awake while load is sent.</param>
/// <param name="Gen0BudgetMiB">The most that is allocated between two collections of the youngest generation; <see langword="null"/>: what the collector chooses.</param>
/// <param name="PoolAdapts">Whether the thread pool tries other numbers of threads all the time.</param>
internal sealed record EnvironmentFingerprint(
    string Cpu,
    double Cores,
    int MemoryGiB,
    string Gpu,
    string GpuDriver,
    string OperatingSystem,
    string Architecture,
    string Runtime,
    bool ServerGc,
    bool ConcurrentGc,
    string TieredCompilation,
    bool Container,
    bool PoolSpins = true,
    bool CoresAwake = false,
    int? Gen0BudgetMiB = null,
    bool PoolAdapts = true)
{
    /// <summary>One line for people.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Cpu}, {Cores} cores, {MemoryGiB} GiB, GPU {Gpu}{(Gpu == GpuDriver ? string.Empty : $" (driver {GpuDriver})")}, " +
        $"{OperatingSystem} {Architecture}{(Container ? " in a container" : string.Empty)}, {Runtime}, " +
        $"{(ServerGc ? "server" : "workstation")} GC{(ConcurrentGc ? string.Empty : ", not concurrent")}{(Gen0BudgetMiB is { } budget ? $", generation 0 up to {budget} MiB" : string.Empty)}, " +
        $"tiered compilation {TieredCompilation}{(PoolSpins ? string.Empty : ", pool threads do not spin")}{(PoolAdapts ? string.Empty : ", their number does not adapt")}" +
        $"{(CoresAwake ? ", cores kept awake" : string.Empty)}");
}
