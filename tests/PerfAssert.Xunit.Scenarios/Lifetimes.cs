using Xunit;

namespace PerfAssert.Xunit.Scenarios;

public sealed class CountedFixture : IDisposable
{
    public CountedFixture() => EventLog.Write("class fixture created");

    public void Dispose() => EventLog.Write("class fixture disposed");
}

public sealed class CountedCollectionFixture : IAsyncLifetime
{
    public Task InitializeAsync()
    {
        EventLog.Write("collection fixture created");
        return Task.CompletedTask;
    }

    public Task DisposeAsync()
    {
        EventLog.Write("collection fixture disposed");
        return Task.CompletedTask;
    }
}

[CollectionDefinition("counted")]
public sealed class CountedGroup : ICollectionFixture<CountedCollectionFixture>;

/// <summary>Says when instances and fixtures come and go: one instance a test, however many requests it sends.</summary>
[Collection("counted")]
public sealed class Lifetimes : IClassFixture<CountedFixture>, IAsyncLifetime, IDisposable
{
    private readonly string collection;
    private int calls;
    private bool initialized;

    public Lifetimes(CountedFixture fixture, CountedCollectionFixture collectionFixture)
    {
        collection = collectionFixture.GetType().Name;
        EventLog.Write($"instance created with {fixture.GetType().Name} and {collection}");
    }

    public Task InitializeAsync()
    {
        initialized = true;
        return Task.CompletedTask;
    }

    public Task DisposeAsync()
    {
        EventLog.Write($"instance saw {calls} calls");
        return Task.CompletedTask;
    }

    public void Dispose() => EventLog.Write("instance disposed");

    [PerfFact]
    [Load("40 requests by 4 users", WarmUp = "10 requests")]
    [Budget("errors <= 0 %", "p50 < 20 s")]
    public Task First() => CallAsync();

    [PerfFact]
    [Load("40 requests by 4 users", WarmUp = "0 s")]
    [Budget("errors <= 0 %", "p50 < 20 s")]
    public Task Second() => CallAsync();

    private Task CallAsync()
    {
        Interlocked.Increment(ref calls);
        return initialized ? Task.Delay(1) : throw new InvalidOperationException("called before InitializeAsync");
    }
}

[Collection("counted")]
public sealed class SameGroup(CountedCollectionFixture fixture)
{
    [PerfFact]
    [Load("10 requests")]
    [Budget("errors <= 0 %", "p50 < 20 s")]
    public async ValueTask<string> Sees()
    {
        await Task.Yield();
        return fixture.ToString()!;
    }
}
