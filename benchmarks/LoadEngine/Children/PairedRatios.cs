namespace LoadEngine.Children;

/// <summary>PerfAssert's turns over those of the raw loop beside them: the median of a process's turns.</summary>
/// <param name="Throughput">Requests a second.</param>
/// <param name="Cpu">CPU time of a request.</param>
internal sealed record PairedRatios(double Throughput, double Cpu);
