namespace LoadEngine.Generators;

/// <summary>wrk2: wrk on a schedule.</summary>
internal sealed class Wrk2 : Wrk
{
    public Wrk2() => HasClosedLoop = false;

    public override string Name => "wrk2";

    public override string? Missing => MissingUnlessOnPath(Name, "build it from github.com/giltene/wrk2 and put it on PATH as wrk2");

    public override bool HasRate => true;
}
