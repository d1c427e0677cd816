namespace PerfAssert.Planning;

/// <summary>What <c>when</c> in <c>perf-budgets.json</c> can ask about the machine; <see langword="null"/>: not known.</summary>
/// <param name="Gpu">The GPU's name.</param>
/// <param name="Cpu">The CPU's name.</param>
/// <param name="Os"><c>linux</c>, <c>windows</c> or <c>macos</c>.</param>
internal sealed record MachineFacts(string? Gpu, string? Cpu, string? Os)
{
    /// <summary>Nothing is known.</summary>
    public static MachineFacts Unknown { get; } = new(null, null, null);
}
