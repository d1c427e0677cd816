namespace PerfAssert.Runs;

/// <summary>Why the last round ended before its time.</summary>
internal enum RunEarlyEnd
{
    /// <summary>Every budget was decided.</summary>
    Decided,

    /// <summary>The longest duration the test allows was over.</summary>
    MaxDuration,
}
