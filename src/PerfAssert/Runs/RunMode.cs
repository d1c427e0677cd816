namespace PerfAssert.Runs;

/// <summary>What a run did.</summary>
internal enum RunMode
{
    /// <summary>It measured and judged.</summary>
    Gate,

    /// <summary>It sent one request and judged only that it succeeded.</summary>
    Smoke,
}
