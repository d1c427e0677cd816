namespace LoadEngine.Options;

/// <summary>What is compared.</summary>
internal enum Part
{
    Closed,
    Open,
    Overhead,
    Stall,
    Memory,
    Empty,
    Hog,
    Soak,
}
