using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace PerfAssert.Clients.Tests.Support;

/// <summary>A server that says byte for byte what a test wants: each connection is handed to a script.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentBag<Task> connections = [];
    private readonly ConcurrentQueue<RawRequest> requests = new();
    private readonly Func<RawConnection, Task> script;
    private readonly Task accepting;
    private int connected;

    private RawServer(Func<RawConnection, Task> script)
    {
        this.script = script;
        listener.Start();
        accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    /// <summary>Every request that arrived whole, in order.</summary>
    public IReadOnlyList<RawRequest> Requests => [.. requests];

    public int Connections => connected;

    public static RawServer Start(Func<RawConnection, Task> script) => new(script);

    /// <summary>Answers every request, on every connection, by the same function.</summary>
    public static RawServer Answering(Func<RawRequest, byte[]> answer) => new(async connection =>
    {
        while (await connection.ReadAsync() is { } request)
        {
            await connection.SendAsync(answer(request));
        }
    });

    public static RawServer Answering(byte[] answer) => Answering(_ => answer);

    public void Seen(RawRequest request) => requests.Enqueue(request);

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await accepting; // before the listener goes: a closed one refuses to be asked again
        listener.Dispose();
        await Task.WhenAll(connections);
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await listener.AcceptSocketAsync(stopping.Token);
                socket.NoDelay = true;
                Interlocked.Increment(ref connected);
                connections.Add(Task.Run(() => ServeAsync(socket)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using var connection = new RawConnection(socket, this, stopping.Token);
        try
        {
            await script(connection);
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
        {
        }
    }
}
