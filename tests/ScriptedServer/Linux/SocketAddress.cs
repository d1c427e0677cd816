using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Scripted.Linux;

/// <summary>The kernel's <c>struct sockaddr_in</c>: address and port are in network order.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SocketAddress
{
    public const int Length = 16;

    private ushort family;
    private ushort port;
    private uint address;
    private ulong padding;

    public static SocketAddress Loopback(int port) => new()
    {
        family = Libc.InternetFamily,
        port = BinaryPrimitives.ReverseEndianness((ushort)port),
        address = BinaryPrimitives.ReverseEndianness(0x7F00_0001u),
        padding = 0,
    };

    public readonly int Port => BinaryPrimitives.ReverseEndianness(port);
}
