namespace LoadEngine.Generators;

/// <summary>What a generator is to send.</summary>
internal sealed record Job
{
    public required Uri Url { get; init; }

    /// <summary>Connections, users, threads: whatever the tool calls those that wait for their answers.</summary>
    public required int Connections { get; init; }

    /// <summary>Requests a second; <see langword="null"/>: as many as the connections bear.</summary>
    public int? Rate { get; init; }

    /// <summary>Seconds that are left out of the measurement. A tool with a warm-up warms up, the others just start earlier.</summary>
    public double LeadSeconds { get; init; }

    /// <summary>Seconds after the lead; 0 when requests are counted.</summary>
    public double Seconds { get; init; }

    /// <summary>How many requests in all; <see langword="null"/>: by time.</summary>
    public long? Requests { get; init; }

    /// <summary>Whether a tool with a warm-up resets the server after it, so that a stall counts from the first measured request.</summary>
    public bool ResetAfterLead { get; init; }

    /// <summary>Whether the tool's own percentiles are wanted; recording each request may cost it throughput.</summary>
    public bool WantsReport { get; init; }

    /// <summary>A folder for its files.</summary>
    public required string Folder { get; init; }

    public double TotalSeconds => LeadSeconds + Seconds;

    public string FileOf(string name) => Path.Combine(Folder, name);
}
