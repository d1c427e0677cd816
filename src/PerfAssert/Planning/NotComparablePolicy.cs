namespace PerfAssert.Planning;

/// <summary>What a NotComparable verdict means for the test.</summary>
internal enum NotComparablePolicy
{
    /// <summary>It warns. The default.</summary>
    Warn,

    /// <summary>It fails the test.</summary>
    Fail,
}
