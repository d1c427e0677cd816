using Scripted.Linux;

namespace Scripted.Script;

/// <summary>One stall of the whole server, counted from the first request.</summary>
internal sealed class Stall(StallTimes? times)
{
    private long start = long.MaxValue;
    private long end = long.MaxValue;

    /// <summary>The next request counts as the first.</summary>
    public void Reset() => start = end = long.MaxValue;

    public void FirstRequest(long now)
    {
        if (times is not null)
        {
            start = now + times.After;
            end = start + times.Length;
        }
    }

    /// <summary>Returns at once outside of the stall, otherwise at its end.</summary>
    public void WaitOut()
    {
        if (start == long.MaxValue)
        {
            return;
        }

        var now = MonotonicClock.Now;
        if (now >= start && now < end)
        {
            MonotonicClock.SleepUntil(end);
        }
    }
}
