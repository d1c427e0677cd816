namespace PerfAssert.Measurements;

/// <summary>The time stamps of one finished request, in nanoseconds of the engine's clock.</summary>
/// <param name="Due">Intended start; equals <paramref name="Start"/> in closed loop.</param>
/// <param name="Ready">When it could have been sent: <paramref name="Due"/>, or later if it waited for a place at MaxInFlight.</param>
/// <param name="Start">Actual start.</param>
/// <param name="End">End.</param>
/// <param name="Waited">How long it waited for a connection of its own client after its start: it was not yet sent.</param>
/// <param name="Scheduled">Whether there is a schedule: lag and lateness mean something.</param>
internal readonly record struct Observation(long Due, long Ready, long Start, long End, long Waited, bool Scheduled)
{
    /// <summary>When it was sent: its start, or later if it had to wait for a connection.</summary>
    public long Sent => Math.Min(Start + Waited, End);
}
