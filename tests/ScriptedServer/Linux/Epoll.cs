using System.Runtime.InteropServices;

namespace Scripted.Linux;

/// <summary>Waits for readable sockets, with a timeout in nanoseconds.</summary>
internal sealed class Epoll
{
    private const int MostEvents = 512;
    private const int AddDescriptor = 1;
    private const uint Readable = 1;

    // The kernel packs the structure on x86-64 alone.
    private static readonly int DataOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int EventSize = DataOffset + 8;

    private readonly int descriptor = Libc.Check(Libc.CreateEpoll(Libc.CloseOnExec), "epoll_create1");
    private readonly byte[] events = GC.AllocateArray<byte>(MostEvents * EventSize, pinned: true);

    public void Add(int socket)
    {
        Span<byte> settings = stackalloc byte[16];
        settings.Clear();
        MemoryMarshal.Write(settings, Readable);
        MemoryMarshal.Write(settings[DataOffset..], (ulong)socket);
        _ = Libc.Check(Libc.ControlEpoll(descriptor, AddDescriptor, socket, in settings[0]), "epoll_ctl");
    }

    /// <summary>Waits until a socket is readable or the time is over.</summary>
    /// <param name="timeout">In nanoseconds; negative: for ever.</param>
    /// <returns>How many sockets are readable.</returns>
    public int Wait(long timeout)
    {
        nint count;
        if (timeout < 0)
        {
            count = Libc.WaitForEpoll(Libc.EpollWait2, descriptor, ref events[0], MostEvents, 0, 0, 0);
        }
        else
        {
            var time = TimeSpec.FromNanoseconds(timeout);
            count = Libc.WaitForEpoll(Libc.EpollWait2, descriptor, ref events[0], MostEvents, in time, 0, 0);
        }

        if (count < 0 && Marshal.GetLastPInvokeError() == Libc.ErrorInterrupted)
        {
            return 0;
        }

        return Libc.Check((int)count, "epoll_pwait2 (Linux 5.11 or newer is needed)");
    }

    /// <summary>The socket of an event of the last wait.</summary>
    public int Socket(int index) => MemoryMarshal.Read<int>(events.AsSpan((index * EventSize) + DataOffset));
}
