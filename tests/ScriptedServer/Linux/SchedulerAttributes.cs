using System.Runtime.InteropServices;

namespace Scripted.Linux;

/// <summary>The kernel's <c>struct sched_attr</c>, first version.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SchedulerAttributes
{
    public const uint FirstVersionSize = 48;

    public uint Size;
    public uint Policy;
    public ulong Flags;
    public int Nice;
    public uint Priority;
    public ulong Runtime;
    public ulong Deadline;
    public ulong Period;
}
