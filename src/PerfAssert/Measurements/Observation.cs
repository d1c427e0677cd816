namespace PerfAssert.Measurements;

/// <summary>The time stamps of one finished request, in nanoseconds of the engine's clock.</summary>
/// <param name="Due">Intended start; equals <paramref name="Start"/> in closed loop.</param>
/// <param name="Ready">When it could have been sent: <paramref name="Due"/>, or later if it waited for a place at MaxInFlight.</param>
/// <param name="Start">Actual start.</param>
/// <param name="End">End, without <paramref name="ReadLag"/>.</param>
/// <param name="Waited">How long it waited for a connection of its own client after its start: it was not yet sent.</param>
/// <param name="Scheduled">Whether there is a schedule: lag and lateness mean something.</param>
/// <param name="ReadLag">For how long its client could have read the last of its answer when it did; <see langword="null"/>: its client did not tell.</param>
/// <param name="FirstByte">When its first byte was sent; <see langword="null"/>: its client did not tell.</param>
/// <param name="LastByte">When the last of its answer arrived; <see langword="null"/>: its client did not tell.</param>
internal readonly record struct Observation(
    long Due, long Ready, long Start, long End, long Waited, bool Scheduled, long? ReadLag = null, long? FirstByte = null, long? LastByte = null)
{
    /// <summary>When it was sent: its start, or later if it had to wait for a connection.</summary>
    public long Sent => Math.Min(Start + Waited, End);

    /// <summary>The time on the wire where its client told, else from when it was sent to its end.</summary>
    public long ServiceTime => FirstByte is { } first && LastByte is { } last && Math.Max(first, Sent) < last ? last - Math.Max(first, Sent) : End - Sent;
}
