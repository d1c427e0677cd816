namespace Scripted.Serving;

/// <summary>What a request under <c>/control/</c> asks for.</summary>
internal enum ControlRequest
{
    /// <summary>It is no such request.</summary>
    None,

    Log,
    Reset,
    Statistics,
    Unknown,
}
