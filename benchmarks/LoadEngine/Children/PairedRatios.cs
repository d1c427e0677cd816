namespace LoadEngine.Children;

/// <summary>PerfAssert's turns over those of the raw loop beside them.</summary>
/// <param name="Throughput">Requests a second.</param>
/// <param name="Cpu">CPU time of a request.</param>
internal sealed record PairedRatios(IReadOnlyList<double> Throughput, IReadOnlyList<double> Cpu);
