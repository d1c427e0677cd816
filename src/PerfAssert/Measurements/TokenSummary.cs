namespace PerfAssert.Measurements;

/// <summary>Lengths of payloads in tokens.</summary>
/// <param name="Min">The shortest.</param>
/// <param name="Mean">The mean.</param>
/// <param name="Max">The longest.</param>
/// <param name="Missed">Payloads whose length is another one than asked for: no text of that length was found.</param>
/// <param name="MissedBy">By how many tokens at most.</param>
public sealed record TokenSummary(int Min, double Mean, int Max, int Missed = 0, int MissedBy = 0);
