namespace PerfAssert.Payloads;

/// <summary>In which order payloads of a file are sent.</summary>
public enum PayloadOrder
{
    /// <summary>As they stand in the file, over and over.</summary>
    File,

    /// <summary>Shuffled once by a seed, then over and over.</summary>
    Shuffled,
}
