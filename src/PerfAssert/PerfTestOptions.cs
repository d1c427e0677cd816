namespace PerfAssert;

/// <summary>Options of <see cref="PerfTest.Run"/>; the same as those of <see cref="LoadAttribute"/>, with the same defaults and ranges.</summary>
public sealed class PerfTestOptions
{
    /// <summary>The test's full name, by which <c>perf-budgets.json</c> finds it. Default: file and member of the caller.</summary>
    public string? Name { get; init; }

    /// <inheritdoc cref="LoadAttribute.WarmUp"/>
    public string? WarmUp { get; init; }

    /// <inheritdoc cref="LoadAttribute.Rounds"/>
    public int? Rounds { get; init; }

    /// <inheritdoc cref="LoadAttribute.Arrivals"/>
    public Arrivals Arrivals { get; init; }

    /// <inheritdoc cref="LoadAttribute.RequestTimeout"/>
    public string RequestTimeout { get; init; } = "30 s";

    /// <inheritdoc cref="LoadAttribute.MaxInFlight"/>
    public int MaxInFlight { get; init; } = 1000;

    /// <inheritdoc cref="LoadAttribute.Seed"/>
    public int Seed { get; init; } = 1;

    /// <inheritdoc cref="LoadAttribute.MaxDuration"/>
    public string? MaxDuration { get; init; }

    /// <inheritdoc cref="LoadAttribute.EarlyEnd"/>
    public bool EarlyEnd { get; init; } = true;

    /// <summary>What makes the versions of the endpoint ready, such as a <c>ServerPair</c>; <see langword="null"/>: nothing has to.</summary>
    public IVersionedEndpoint? Endpoint { get; init; }

    internal LoadAttribute ToLoad(string expression)
    {
        var load = new LoadAttribute(expression)
        {
            WarmUp = WarmUp,
            Arrivals = Arrivals,
            RequestTimeout = RequestTimeout,
            MaxInFlight = MaxInFlight,
            Seed = Seed,
            MaxDuration = MaxDuration,
            EarlyEnd = EarlyEnd,
        };
        if (Rounds is { } rounds)
        {
            load.Rounds = rounds;
        }

        return load;
    }
}
