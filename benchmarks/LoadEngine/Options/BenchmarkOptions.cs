namespace LoadEngine.Options;

/// <summary>Everything the command line says, and what follows from it.</summary>
internal sealed record BenchmarkOptions
{
    public required int Repeats { get; init; }

    /// <summary>Shorter pieces, fewer scenarios: to see that it runs, not to quote.</summary>
    public required bool Quick { get; init; }

    public required IReadOnlyList<Part> Parts { get; init; }

    /// <summary>Generators to run; empty: all.</summary>
    public required IReadOnlyList<string> Tools { get; init; }

    public required int ServerCore { get; init; }

    public required int ClientCore { get; init; }

    /// <summary>Left out before every measurement: connections are made and code is compiled.</summary>
    public double LeadSeconds => Quick ? 2 : 3;

    public double ClosedSeconds => Quick ? 2 : 4;

    public double PairedSeconds => Quick ? 5 : 10;

    /// <summary>Processes a repeat: turns of one process are alike, processes of the same program differ by some percent.</summary>
    public int PairedProcesses => Quick ? 1 : 4;

    public static IReadOnlyList<int> Connections { get; } = [1, 16];

    public double OpenSeconds => Quick ? 4 : 8;

    public IReadOnlyList<int> Rates => Quick ? [2000] : [500, 2000, 5000];

    public double OverheadSeconds => Quick ? 3 : 8;

    public double StallSeconds => Quick ? 5 : 10;

    public double StallLength => Quick ? 1 : 2;

    public double HogSeconds => Quick ? 3 : 10;

    /// <summary>How long the soak goes on, in minutes.</summary>
    public required double SoakMinutes { get; init; }

    public IReadOnlyList<long> MemoryRequests => Quick ? [20_000, 200_000] : [100_000, 1_000_000];
}
