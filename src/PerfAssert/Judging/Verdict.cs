namespace PerfAssert.Judging;

/// <summary>What is known about a budget after a run.</summary>
public enum Verdict
{
    /// <summary>The budget holds, at the policy's confidence.</summary>
    Met,

    /// <summary>The budget does not hold, at the policy's confidence.</summary>
    Broken,

    /// <summary>The sample does not tell.</summary>
    Inconclusive,

    /// <summary>There is nothing to compare with, or it is not comparable.</summary>
    NotComparable,

    /// <summary>The metric was never measured. Always fails.</summary>
    NotMeasured,
}
