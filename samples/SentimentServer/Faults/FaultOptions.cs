namespace SentimentServer.Faults;

/// <summary>How the server misbehaves on purpose. The defaults: not at all.</summary>
internal sealed record FaultOptions
{
    /// <summary>Waiting time added before a request is worked on; zero for none.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The share of infer requests that get the delay, above 0 and up to 1.</summary>
    public double DelayShare { get; init; } = 1;

    /// <summary>The share of infer requests answered with status 500, from 0 to 1.</summary>
    public double FailureRate { get; init; }

    /// <summary>How long after the first infer request the stall begins.</summary>
    public TimeSpan StallAfter { get; init; }

    /// <summary>How long the stall lasts; zero for none.</summary>
    public TimeSpan StallFor { get; init; }

    /// <summary>Decides which requests are hit: the k-th request's fate depends on the seed and k alone.</summary>
    public int Seed { get; init; } = 1;
}
