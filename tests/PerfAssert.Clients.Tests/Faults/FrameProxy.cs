using System.Net;
using System.Net.Sockets;

namespace PerfAssert.Clients.Tests.Faults;

/// <summary>Stands between a gRPC client and a server and hands on whole HTTP/2 frames, until it is told to break an answer.</summary>
internal sealed class FrameProxy : IAsyncDisposable
{
    private const int FrameHead = 9;
    private const byte Headers = 1;

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly Uri server;
    private readonly Task accepting;
    private int next;

    private FrameProxy(Uri server)
    {
        this.server = server;
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>What happens to an answer.</summary>
    public enum Break
    {
        No,
        Reset,
        Close,
        Garbage,
        Silence,
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    public static FrameProxy Start(Uri server) => new(server);

    /// <summary>Breaks the next answer, at its first frame of headers.</summary>
    public void BreakNext(Break how) => Volatile.Write(ref next, (int)how);

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await accepting; // before the listener goes: a closed one refuses to be asked again
        listener.Dispose();
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await listener.AcceptSocketAsync(stopping.Token)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }

        await Task.WhenAll(connections);
    }

    private async Task ServeAsync(Socket client)
    {
        using var upstream = new TcpClient { NoDelay = true };
        client.NoDelay = true;
        try
        {
            await upstream.ConnectAsync(server.Host, server.Port, stopping.Token);
            await using var toServer = upstream.GetStream();
            await using var toClient = new NetworkStream(client, ownsSocket: true);
            var asking = toClient.CopyToAsync(toServer, stopping.Token);
            await AnswerAsync(toServer, toClient, client);
            upstream.Close();
            await asking;
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
        {
        }
    }

    private async Task AnswerAsync(NetworkStream from, NetworkStream to, Socket client)
    {
        var head = new byte[FrameHead];
        while (true)
        {
            await from.ReadExactlyAsync(head, stopping.Token);
            var frame = new byte[FrameHead + ((head[0] << 16) | (head[1] << 8) | head[2])];
            head.CopyTo(frame, 0);
            await from.ReadExactlyAsync(frame.AsMemory(FrameHead), stopping.Token);
            switch (head[3] == Headers ? (Break)Interlocked.Exchange(ref next, (int)Break.No) : Break.No)
            {
                case Break.No:
                    await to.WriteAsync(frame, stopping.Token);
                    break;
                case Break.Reset:
                    client.LingerState = new LingerOption(true, 0);
                    client.Dispose();
                    return;
                case Break.Close:
                    await to.WriteAsync(frame.AsMemory(0, frame.Length / 2), stopping.Token);
                    client.Shutdown(SocketShutdown.Both);
                    return;
                case Break.Garbage:
                    await to.WriteAsync(Enumerable.Repeat((byte)0xFF, 64).ToArray(), stopping.Token);
                    break;
                default:
                    // Takes what else comes and says nothing, until the client gives up.
                    await from.CopyToAsync(Stream.Null, stopping.Token);
                    return;
            }
        }
    }
}
