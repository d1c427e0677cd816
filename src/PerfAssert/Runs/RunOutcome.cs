namespace PerfAssert.Runs;

/// <summary>What came out of a run.</summary>
internal enum RunOutcome
{
    /// <summary>Every budget held, by policy.</summary>
    Passed,

    /// <summary>At least one budget did not.</summary>
    Failed,

    /// <summary>The run says nothing about the server. Fails the test.</summary>
    Invalid,
}
