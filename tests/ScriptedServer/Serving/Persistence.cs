namespace Scripted.Serving;

/// <summary>What becomes of the connection after the answer.</summary>
internal enum Persistence
{
    /// <summary>HTTP/1.1: it stays open without a word.</summary>
    Open,

    /// <summary>HTTP/1.0 asked for it to stay open, and wants to be told.</summary>
    OpenOnRequest,

    /// <summary>It is closed.</summary>
    Close,
}
