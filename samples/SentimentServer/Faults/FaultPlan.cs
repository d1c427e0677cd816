namespace SentimentServer.Faults;

/// <summary>Decides the fate of each infer request, in order of arrival.</summary>
internal sealed class FaultPlan(FaultOptions options)
{
    private readonly Lock _lock = new();
    private readonly Random _random = new(options.Seed);

    public (bool IsDelayed, bool Fails) Next()
    {
        double delay, failure;
        lock (_lock)
        {
            // Both are drawn every time, so that turning one fault on does not move the other to other requests.
            delay = _random.NextDouble();
            failure = _random.NextDouble();
        }

        return (delay < options.DelayShare, failure < options.FailureRate);
    }
}
