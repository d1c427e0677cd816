namespace LoadEngine.Options;

/// <summary>What is compared.</summary>
internal enum Part
{
    Closed,
    Paired,
    Open,
    Overhead,
    Stall,
    Memory,
    Empty,
    Hog,
    Soak,
}
