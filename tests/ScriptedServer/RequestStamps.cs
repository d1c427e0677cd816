namespace Scripted;

/// <summary>What the server saw: two stamps a request, in order of arrival, in nanoseconds of CLOCK_MONOTONIC (<c>Stopwatch</c> on Linux).</summary>
/// <param name="Arrived">When the request had been read.</param>
/// <param name="Answered">When the answer was handed to the kernel, so never later than a client saw it; 0: it was not, or not yet.</param>
public sealed record RequestStamps(long[] Arrived, long[] Answered)
{
    /// <summary>Requests in the log.</summary>
    public int Count => Arrived.Length;
}
