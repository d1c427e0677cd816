namespace PerfAssert.Xunit.Scenarios;

/// <summary>Says when each test had the machine to itself.</summary>
[Load("2 users for 300 ms", WarmUp = "0 s")]
[Budget("errors <= 0 %", "p50 < 20 s")]
public abstract class Turns : IDisposable
{
    protected Turns() => EventLog.Write("turn begins");

    public void Dispose()
    {
        EventLog.Write("turn ends");
        GC.SuppressFinalize(this);
    }

    [PerfFact]
    public Task One() => Task.Delay(5);

    [PerfFact]
    public Task Two() => Task.Delay(5);
}

public sealed class TurnsOfOneClass : Turns;

public sealed class TurnsOfAnotherClass : Turns;
