namespace PerfAssert.Runs;

/// <summary>Failed requests with the same type and message, secrets removed.</summary>
/// <param name="Kind">The exception's full type name, <c>Timeout</c> or <c>Fail</c>.</param>
/// <param name="Message">The message.</param>
/// <param name="Count">How many.</param>
/// <param name="FirstRound">The round of the first, from 0.</param>
/// <param name="FirstAtMs">Time of the first, from the start of the measured part.</param>
/// <param name="Example">The first one with its stack trace, cut to a sensible length; empty in a round, where the total has it.</param>
internal sealed record RunError(string Kind, string Message, long Count, int FirstRound, double FirstAtMs, string Example);
