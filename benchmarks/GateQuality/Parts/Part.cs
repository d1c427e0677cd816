namespace GateQuality.Parts;

/// <summary>What can be run by itself.</summary>
internal enum Part
{
    /// <summary>Simulated latencies, every rule on the same ones.</summary>
    Simulated,

    /// <summary>A server on loopback, through the load engine.</summary>
    Endpoint,

    /// <summary>Histories of real programs, from a folder.</summary>
    Histories,

    /// <summary>How long judging takes.</summary>
    Speed,
}
