using System.Net;
using System.Net.Sockets;
using FluentAssertions;
using PerfAssert.Clients.Http;
using PerfAssert.Clients.Tests.Support;

namespace PerfAssert.Clients.Tests.Http;

public sealed class StampedSocketTests : IDisposable
{
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

        server.Send([3]);
        Thread.Sleep(20);
        Receive().Lay.TotalMilliseconds.Should().BeInRange(19, 1_000);
    }

    private (bool IsRead, int Count, TimeSpan Lay) Receive()
    {
        var isRead = stamped!.TryReceive(new byte[100], out var count, out var lay);
        return (isRead, count, lay);
    }

    /// <summary>The system's clock, set by hand.</summary>
    private sealed class SettableClock : TimeProvider
    {
        private TimeSpan off;

        public void Set(TimeSpan change) => off += change;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + off;
    }
}
