using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace PerfAssert.Clients.Http;

/// <summary>
/// Reads a TCP socket and tells for how long what it read had been there. Linux notes when a packet arrived (socket(7), SO_TIMESTAMPNS), long
/// before a thread of this process is awake, and .NET's sockets do not pass it on.
/// </summary>
internal sealed partial class StampedSocket
{
    // The same on x86-64 and Arm64.
    private const int SocketLevel = 1;
    private const int TimestampNanoseconds = 35;
    private const int TcpLevel = 6;
    private const int TcpInformation = 11;
    private const int DoNotWait = 0x40;
    private const int Interrupted = 4;
    private const int WouldBlock = 11;

    // Where struct tcp_info counts the packets that came before their turn, since Linux 5.4.
    private const int OutOfOrder = 224;

    // Hardly a lost packet, and not worth another system call for each read of a busy client.
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(1);

    // A clock that is slewed gains 0.05 %; one that gains more was set.
    private const long SlewedPerMille = 1;
    private const long SmallestStep = 20_000;

    // Room for the one control message that is asked for: length, level and type, seconds, nanoseconds.
    private const int ControlWords = 4;

    private readonly Socket socket;
    private readonly SafeSocketHandle handle;
    private readonly TimeProvider wallClock;
    private long lastNow;
    private long lastOffset;
    private bool isSteady;
    private uint outOfOrder;
    private long disorderUntil;

    private StampedSocket(Socket socket, TimeProvider wallClock) => (this.socket, handle, this.wallClock) = (socket, socket.SafeHandle, wallClock);

    /// <summary>Asks for time stamps.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="wallClock">Its <see cref="TimeProvider.GetUtcNow"/> is the clock of the stamps.</param>
    /// <returns><see langword="null"/> where the system does not say when something arrived.</returns>
    public static StampedSocket? For(Socket socket, TimeProvider wallClock)
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture is not (Architecture.X64 or Architecture.Arm64))
        {
            return null;
        }

        Span<byte> on = [1, 0, 0, 0];
        try
        {
            socket.SetRawSocketOption(SocketLevel, TimestampNanoseconds, on);
            return ReadOutOfOrder(socket) is null ? null : new StampedSocket(socket, wallClock);
        }
        catch (SocketException)
        {
            return null;
        }
    }

    /// <summary>Notes how far apart the two clocks are: stamps are of the one that can be set. What is read until the next call arrived after this one.</summary>
    public void NoteClocks()
    {
        _ = ReadClocks(out _);
        (isSteady, disorderUntil) = (true, 0);
    }

    /// <summary>Reads what is there.</summary>
    /// <param name="buffer">Where to; not empty.</param>
    /// <param name="count">Bytes read; 0: the other side has ended the connection.</param>
    /// <param name="lay">For how long the last of them could have been read; zero where that is not known.</param>
    /// <returns>Whether something was read; false: nothing is there yet.</returns>
    /// <exception cref="SocketException">The connection is broken.</exception>
    public unsafe bool TryReceive(Span<byte> buffer, out int count, out TimeSpan lay)
    {
        lay = TimeSpan.Zero;
        var control = stackalloc long[ControlWords];
        fixed (byte* target = buffer)
        {
            var part = new Part { Target = target, Length = buffer.Length };
            nint received;
            Message message;
            do
            {
                message = new Message { Parts = &part, PartCount = 1, Control = control, ControlLength = ControlWords * sizeof(long) };
                received = Receive(handle, &message, DoNotWait);
            }
            while (received < 0 && Marshal.GetLastPInvokeError() == Interrupted);

            count = (int)received;
            if (received < 0)
            {
                return Marshal.GetLastPInvokeError() is var error && error == WouldBlock ? false : throw Broken(error);
            }

            if (received > 0 && IsStamped(message, control))
            {
                lay = Since(control[2] * 1_000_000_000 + control[3]);
            }

            return true;
        }
    }

    private static unsafe bool IsStamped(in Message message, long* control) =>
        message.ControlLength >= ControlWords * sizeof(long) && ((int*)control)[2] == SocketLevel && ((int*)control)[3] == TimestampNanoseconds;

    private TimeSpan Since(long stamp)
    {
        // Once it was set, all stamps from before are of another time.
        isSteady &= ReadClocks(out var wall);
        var since = TimeSpan.FromTicks(Math.Max(0, wall - stamp) / 100);
        return isSteady && (since < Short || CameInOrder(stamp, wall)) ? since : TimeSpan.Zero;
    }

    // What overtook a lost packet has an earlier stamp than that, and could not be read before it had come again. Whatever came until the last
    // such packet was noticed may be one.
    private bool CameInOrder(long stamp, long wall)
    {
        if (ReadOutOfOrder(socket) is { } now && now != outOfOrder)
        {
            (outOfOrder, disorderUntil) = (now, wall);
        }

        return stamp > disorderUntil;
    }

    private static uint? ReadOutOfOrder(Socket socket)
    {
        Span<byte> information = stackalloc byte[OutOfOrder + sizeof(uint)];
        return socket.GetRawSocketOption(TcpLevel, TcpInformation, information) == information.Length
            ? BinaryPrimitives.ReadUInt32LittleEndian(information[OutOfOrder..])
            : null;
    }

    // Whether the clock of the stamps was not set since this was called last.
    private bool ReadClocks(out long wall)
    {
        var now = Stopwatch.GetTimestamp();
        wall = (wallClock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
        var (offset, passed) = (wall - now, now - lastNow);
        var isSteady = Math.Abs(offset - lastOffset) <= SmallestStep + (passed * SlewedPerMille / 1000);
        (lastNow, lastOffset) = (now, offset);
        return isSteady;
    }

    // .NET numbers socket errors as Windows does.
    private static SocketException Broken(int error) => new((int)(error switch
    {
        32 or 108 => SocketError.Shutdown,
        100 => SocketError.NetworkDown,
        101 => SocketError.NetworkUnreachable,
        103 => SocketError.ConnectionAborted,
        104 => SocketError.ConnectionReset,
        107 => SocketError.NotConnected,
        110 => SocketError.TimedOut,
        111 => SocketError.ConnectionRefused,
        112 => SocketError.HostDown,
        113 => SocketError.HostUnreachable,
        _ => SocketError.SocketError,
    }));

    [LibraryImport("libc", EntryPoint = "recvmsg", SetLastError = true)]
    private static unsafe partial nint Receive(SafeSocketHandle socket, Message* message, int flags);

    // struct iovec
    [StructLayout(LayoutKind.Sequential)]
    private unsafe struct Part
    {
        public byte* Target;
        public nint Length;
    }

    // struct msghdr
    [StructLayout(LayoutKind.Sequential)]
    private unsafe struct Message
    {
        public byte* Name;
        public uint NameLength;
        public Part* Parts;
        public nint PartCount;
        public long* Control;
        public nint ControlLength;
        public int Flags;
    }
}
