using Xunit;

namespace PerfAssert.Xunit.Scenarios;

/// <summary>What people get wrong. Not one of these tests may be green, and only the last two, whose mistake shows in the sample, send requests.</summary>
public sealed class Misconfigured
{
    public static TheoryData<int> Nothing => [];

    [PerfFact]
    [Load("10 requests")]
    public Task NoBudget() => SentAsync();

    [PerfFact]
    [Budget("p99 < 1 s")]
    public Task NoLoad() => SentAsync();

    [PerfFact]
    [Load("many requests")]
    [Budget("p99 < 1 s")]
    public Task WrongLoad() => SentAsync();

    [PerfFact]
    [Load("10 requests")]
    [Budget("p99 below 1 s")]
    public Task WrongBudget() => SentAsync();

    [PerfFact]
    [Load("10 requests")]
    [Budget("p99 > 1 s")]
    public Task AgainstTheDirection() => SentAsync();

    [PerfFact]
    [Load("10 requests")]
    [Budget("pace < 1 s")]
    public Task UnknownMetric() => SentAsync();

    [PerfFact]
    [Load("10 requests")]
    [Budget("p99 < 1 %")]
    public Task WrongUnit() => SentAsync();

    [PerfFact]
    [Load("10 requests")]
    [Budget("p100 < 1 s")]
    public Task ImpossiblePercentile() => SentAsync();

    [PerfFact]
    [Load("10 requests", RequestTimeout = "soon")]
    [Budget("p99 < 1 s")]
    public Task WrongRequestTimeout() => SentAsync();

    [PerfFact]
    [Load("10 requests", Rounds = 0)]
    [Budget("p99 < 1 s")]
    public Task NoRounds() => SentAsync();

    [PerfFact]
    [Load("10 requests")]
    [Budget("p99 < 1 s")]
    public async void AsyncVoid() => await SentAsync();

    [PerfFact]
    [Load("10 requests")]
    [Budget("p99 < 1 s")]
    public Task UnsuppliedParameter(int length) => Task.Delay(length);

    [PerfTheory]
    [InlineData(1, 2)]
    [Load("10 requests")]
    [Budget("p99 < 1 s")]
    public Task TooManyValues(int length, PerfRequest request) => Task.Delay(length, request.CancellationToken);

    [PerfTheory]
    [InlineData("text")]
    [Load("10 requests")]
    [Budget("p99 < 1 s")]
    public Task WrongValue(PerfRequest request, int length) => Task.Delay(length, request.CancellationToken);

    [PerfTheory]
    [MemberData(nameof(Nothing))]
    [Load("10 requests")]
    [Budget("p99 < 1 s")]
    public Task NoRows(int length) => Task.Delay(length);

    [PerfFact]
    [Load("10 requests")]
    [Budget("typo.p99 < 1 s")]
    public Task NeverMeasured() => Task.Delay(1);

    [PerfFact]
    [Load("2 requests", WarmUp = "0 s")]
    [Budget("p50 < 20 s")]
    public Task Nested() => PerfTest.Run(_ => Task.CompletedTask, "1 request", ["p50 < 20 s"]);

    private static Task SentAsync()
    {
        EventLog.Write("a misconfigured test sent a request");
        return Task.CompletedTask;
    }
}

/// <summary>A test that has the turn, and begins another that would wait for it.</summary>
public sealed class MisconfiguredSetUp : IAsyncLifetime
{
    public Task InitializeAsync() => PerfTest.Run(_ => Task.CompletedTask, "1 request", ["p50 < 20 s"]);

    public Task DisposeAsync() => Task.CompletedTask;

    [PerfFact]
    [Load("1 request", WarmUp = "0 s")]
    [Budget("p50 < 20 s")]
    public Task Fact() => Task.CompletedTask;
}
