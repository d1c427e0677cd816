namespace PerfAssert.Runs;

/// <summary>What is known about a budget: the file's own words, which stay when the judge's change.</summary>
internal enum RunVerdictKind
{
    /// <summary>It holds, at the policy's confidence.</summary>
    Met,

    /// <summary>It does not hold, at the policy's confidence.</summary>
    Broken,

    /// <summary>The sample does not tell.</summary>
    Inconclusive,

    /// <summary>There was nothing to compare with.</summary>
    NotComparable,

    /// <summary>The metric was never measured.</summary>
    NotMeasured,
}
