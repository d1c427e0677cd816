using System.Runtime.InteropServices;

namespace Scripted.Linux;

/// <summary>The system calls the server is made of.</summary>
internal static partial class Libc
{
    public const int InternetFamily = 2;
    public const int StreamSocket = 1;
    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x80000;
    public const int SocketLevel = 1;
    public const int ReuseAddress = 2;
    public const int TcpLevel = 6;
    public const int NoDelay = 1;
    public const int NoSignal = 0x4000;
    public const int WritableEvent = 4;
    public const int ErrorInterrupted = 4;
    public const int ErrorAgain = 11;
    public const int MonotonicClock = 1;
    public const int AbsoluteTime = 1;
    public const int SetTimerSlack = 29;

    /// <summary>epoll_pwait2 by its number, the same everywhere: not every C library has the function.</summary>
    public const nint EpollWait2 = 441;

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    public static partial int Socket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    public static partial int SetOption(int socket, int level, int name, in int value, int length);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    public static partial int Bind(int socket, in SocketAddress address, int length);

    [LibraryImport("libc", EntryPoint = "getsockname", SetLastError = true)]
    public static partial int Name(int socket, ref SocketAddress address, ref int length);

    [LibraryImport("libc", EntryPoint = "listen", SetLastError = true)]
    public static partial int Listen(int socket, int backlog);

    [LibraryImport("libc", EntryPoint = "accept4", SetLastError = true)]
    public static partial int Accept(int socket, nint address, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    public static partial nint Receive(int socket, ref byte buffer, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    public static partial nint Send(int socket, in byte buffer, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(ref PollEntry entry, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial int CreateEpoll(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    public static partial int ControlEpoll(int epoll, int operation, int descriptor, in byte settings);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    public static partial nint WaitForEpoll(nint number, int epoll, ref byte events, int count, in TimeSpec timeout, nint signals, nint size);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    public static partial nint WaitForEpoll(nint number, int epoll, ref byte events, int count, nint noTimeout, nint signals, nint size);

    [LibraryImport("libc", EntryPoint = "clock_nanosleep")]
    public static partial int Sleep(int clock, int flags, in TimeSpec until, nint remaining);

    [LibraryImport("libc", EntryPoint = "prctl")]
    public static partial int Control(int option, nint value, nint second, nint third, nint fourth);

    [LibraryImport("libc", EntryPoint = "syscall")]
    public static partial nint SetScheduler(nint number, int thread, in SchedulerAttributes attributes, uint flags);

    /// <summary>Throws what went wrong unless the call succeeded.</summary>
    /// <returns>The call's result.</returns>
    public static int Check(int result, string what) =>
        result >= 0 ? result : throw new IOException($"{what}: {Marshal.GetLastPInvokeErrorMessage()}");
}
