namespace PerfAssert.Planning;

/// <summary>What a run does; from <c>PERFASSERT_MODE</c>.</summary>
internal enum PerfMode
{
    /// <summary>Measure and judge. The default.</summary>
    Gate,

    /// <summary>Send one request and judge only that it succeeded.</summary>
    Smoke,
}
