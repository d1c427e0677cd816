using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using FluentAssertions;
using PerfAssert.Clients.Http;
using PerfAssert.Clients.Tests.Support;

namespace PerfAssert.Clients.Tests.Http;

public sealed class StampedSocketTests : IDisposable
{
    private const int SocketLevel = 1;
    private const int AttachFilter = 26;
    private const int DetachFilter = 27;

    private readonly Socket server;
    private readonly Socket client;
    private readonly SettableClock clock = new();
    private readonly StampedSocket? stamped;

    public StampedSocketTests()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        client = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.Connect(listener.LocalEndpoint);
        server = listener.AcceptSocket();
        server.NoDelay = true;
        stamped = StampedSocket.For(client, clock);

        // The kernel begins to note arrivals a moment after the first socket asked.
        Thread.Sleep(50);
        stamped?.NoteClocks();
    }

    public void Dispose()
    {
        client.Dispose();
        server.Dispose();
    }

    [ArrivalFact]
    public void What_was_read_late_had_been_there_for_as_long()
    {
        server.Send([1, 2, 3]);
        Thread.Sleep(200);

        var (isRead, count, lay) = Receive();

        (isRead, count).Should().Be((true, 3));
        lay.TotalMilliseconds.Should().BeGreaterThan(199).And.BeLessThan(2_000);
    }

    [ArrivalFact]
    public void Bytes_of_several_packets_have_been_there_since_the_last_one()
    {
        server.Send([1]);
        Thread.Sleep(200);
        server.Send([2]);
        Thread.Sleep(20);

        var (_, count, lay) = Receive();

        count.Should().Be(2);
        lay.TotalMilliseconds.Should().BeInRange(19, 150);
    }

    [ArrivalFact]
    public void Nothing_there_is_not_waited_for()
    {
        Receive().IsRead.Should().BeFalse();
    }

    [ArrivalFact]
    public void An_ended_connection_is_the_end_of_the_answer()
    {
        server.Send([1]);
        server.Shutdown(SocketShutdown.Send);
        Thread.Sleep(20);

        Receive().Count.Should().Be(1);
        Receive().Should().Be((true, 0, TimeSpan.Zero));
    }

    [ArrivalFact]
    public void A_broken_connection_says_how_it_broke()
    {
        server.LingerState = new LingerOption(true, 0);
        server.Dispose();
        Thread.Sleep(20);

        var receive = () => Receive();

        receive.Should().Throw<SocketException>().Which.SocketErrorCode.Should().Be(SocketError.ConnectionReset);
    }

    [ArrivalFact]
    public void While_the_clock_of_the_stamps_is_set_nobody_knows()
    {
        server.Send([1]);
        Thread.Sleep(20);
        clock.Set(TimeSpan.FromMinutes(1));
        Receive().Should().Be((true, 1, TimeSpan.Zero), "a minute is not how long it lay there");

        clock.Set(TimeSpan.FromMinutes(-1));
        server.Send([2]);
        Thread.Sleep(20);
        Receive().Lay.Should().Be(TimeSpan.Zero);

        stamped!.NoteClocks();
        server.Send([3]);
        Thread.Sleep(20);
        Receive().Lay.TotalMilliseconds.Should().BeInRange(19, 1_000);
    }

    [ArrivalFact]
    public void What_came_before_the_clock_was_set_is_not_known_at_the_second_read_either()
    {
        server.Send([1, 2]);
        Thread.Sleep(20);
        clock.Set(TimeSpan.FromMinutes(1));

        Receive(atMost: 1).Should().Be((true, 1, TimeSpan.Zero));
        Receive(atMost: 1).Should().Be((true, 1, TimeSpan.Zero));
    }

    [ArrivalFact]
    public void What_overtook_a_lost_packet_could_not_be_read_before_that_had_come_again()
    {
        // Linux sends it again until somebody takes it: here after 0.1 s.
        Lose(packetsThatBeginWith: 2);
        server.Send([1]);
        server.Send([2]);
        server.Send([3]);
        Thread.Sleep(100);
        Receive().Count.Should().Be(1);
        Receive().IsRead.Should().BeFalse();
        client.SetRawSocketOption(SocketLevel, DetachFilter, new byte[4]);

        client.Poll(TimeSpan.FromSeconds(10), SelectMode.SelectRead).Should().BeTrue();
        Receive().Should().Be((true, 2, TimeSpan.Zero), "3 was in this machine for more than 0.1 s, and nobody could have read it");

        stamped!.NoteClocks();
        server.Send([4]);
        Thread.Sleep(20);
        Receive().Lay.TotalMilliseconds.Should().BeInRange(19, 1_000);
    }

    private (bool IsRead, int Count, TimeSpan Lay) Receive(int atMost = 100)
    {
        var isRead = stamped!.TryReceive(new byte[atMost], out var count, out var lay);
        return (isRead, count, lay);
    }

    // A socket filter (Linux, filter.txt) on the packets of this connection, from their TCP header on: the first byte behind the header decides.
    private void Lose(byte packetsThatBeginWith)
    {
        FilterStep[] program =
        [
            new(0x30, 0, 0, 12), // the header's length in words is the upper half of byte 12
            new(0x74, 0, 0, 4),
            new(0x64, 0, 0, 2),
            new(0x07, 0, 0, 0),
            new(0x80, 0, 0, 0), // no byte behind it: an acknowledgement
            new(0x2d, 0, 2, 0),
            new(0x50, 0, 0, 0),
            new(0x15, 1, 0, packetsThatBeginWith),
            new(0x06, 0, 0, uint.MaxValue), // keep
            new(0x06, 0, 0, 0), // drop
        ];
        var steps = GCHandle.Alloc(program, GCHandleType.Pinned);
        client.SetRawSocketOption(SocketLevel, AttachFilter, MemoryMarshal.AsBytes<nint>([program.Length, steps.AddrOfPinnedObject()]));
        steps.Free();
    }

    // struct sock_filter
    private readonly record struct FilterStep(ushort Code, byte JumpTrue, byte JumpFalse, uint Value);

    /// <summary>The system's clock, set by hand.</summary>
    private sealed class SettableClock : TimeProvider
    {
        private TimeSpan off;

        public void Set(TimeSpan change) => off += change;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + off;
    }
}
