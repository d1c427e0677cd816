namespace PerfAssert.Planning;

/// <summary>What an Inconclusive verdict means for the test.</summary>
internal enum InconclusivePolicy
{
    /// <summary>The observed value decides an absolute budget, said to be unproven; a relative one warns. The default.</summary>
    Observed,

    /// <summary>It warns.</summary>
    Warn,

    /// <summary>It fails the test.</summary>
    Fail,
}
