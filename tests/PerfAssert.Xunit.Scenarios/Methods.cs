using Xunit;

namespace PerfAssert.Xunit.Scenarios;

/// <summary>Everything a method may return, and everything an xunit attribute may say.</summary>
[Load("10 requests")]
[Budget("errors <= 0 %", "p50 < 20 s")]
public sealed class Methods
{
    [PerfFact]
    public Task ReturnsTask() => Task.Delay(1);

    [PerfFact]
    public async Task<int> ReturnsTaskOfResult()
    {
        await Task.Delay(1);
        return 1;
    }

    [PerfFact]
    public async ValueTask ReturnsValueTask() => await Task.Delay(1);

    [PerfFact]
    public async ValueTask<int> ReturnsValueTaskOfResult()
    {
        await Task.Delay(1);
        return 1;
    }

    [PerfFact]
    public void ReturnsNothing() => Thread.Sleep(1);

    [PerfFact]
    public static Task Static(PerfRequest request) => Task.Delay(1, request.CancellationToken);

    [PerfFact(Skip = "no server today")]
    public Task Skipped(PerfRequest request) => Task.FromException(new InvalidOperationException($"{request} must not be sent"));

    [PerfTheory(Skip = "no data today")]
    [InlineData(1)]
    public Task SkippedTheory(int row) => Task.FromException(new InvalidOperationException($"{row} must not be sent"));

    [PerfFact]
    [Trait("Server", "Absent")]
    public Task Tagged() => Task.Delay(1);

    [Fact]
    public void OrdinaryFact() => Assert.True(true);
}
