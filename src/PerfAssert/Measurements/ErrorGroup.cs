namespace PerfAssert.Measurements;

/// <summary>Failed requests with the same type and message.</summary>
/// <param name="Kind">The exception's full type name, <c>Timeout</c>, or <c>Fail</c> for <see cref="PerfRequest.Fail"/>.</param>
/// <param name="Message">The message on one line, cut where it is long; messages whose numbers differ are different.</param>
/// <param name="Count">How many.</param>
/// <param name="FirstAt">Time of the first, from the start of the measured part.</param>
/// <param name="Example">The first one whole, with its stack trace; secrets removed.</param>
internal sealed record ErrorGroup(string Kind, string Message, long Count, TimeSpan FirstAt, string Example);
