namespace PerfAssert.Measurements;

/// <summary>Why a load was ended before its declared end.</summary>
internal enum EarlyEnd
{
    /// <summary>Every budget was decided.</summary>
    Decided,

    /// <summary>The longest duration the test allows was over.</summary>
    MaxDuration,
}
