using System.Runtime.InteropServices;

namespace Scripted.Linux;

[StructLayout(LayoutKind.Sequential)]
internal struct TimeSpec
{
    public nint Seconds;
    public nint Nanoseconds;

    public static TimeSpec FromNanoseconds(long nanoseconds)
    {
        var (seconds, rest) = Math.DivRem(nanoseconds, 1_000_000_000L);
        return new TimeSpec { Seconds = (nint)seconds, Nanoseconds = (nint)rest };
    }
}
