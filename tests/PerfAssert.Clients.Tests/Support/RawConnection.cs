using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace PerfAssert.Clients.Tests.Support;

/// <summary>One connection of a <see cref="RawServer"/>.</summary>
internal sealed class RawConnection(Socket socket, RawServer server, CancellationToken stopping) : IDisposable
{
    private readonly List<byte> unread = [];

    public CancellationToken Stopping => stopping;

    /// <summary>Reads a whole request; null when the client closed the connection.</summary>
    public async Task<RawRequest?> ReadAsync()
    {
        int head;
        while ((head = EndOfHead()) < 0)
        {
            if (!await FillAsync())
            {
                return null;
            }
        }

        var text = Encoding.ASCII.GetString([.. unread.Take(head)]);
        var length = new RawRequest(text, []).Header("Content-Length") is { } value ? int.Parse(value, CultureInfo.InvariantCulture) : 0;
        while (unread.Count < head + 4 + length)
        {
            if (!await FillAsync())
            {
                return null;
            }
        }

        var request = new RawRequest(text, [.. unread.Skip(head + 4).Take(length)]);
        unread.RemoveRange(0, head + 4 + length);
        server.Seen(request);
        return request;
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await socket.SendAsync(bytes, stopping)..];
        }
    }

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>Sends in two TCP segments.</summary>
    public async Task SendSplitAsync(byte[] bytes, int at)
    {
        await SendAsync(bytes.AsMemory(0, at));
        await Task.Delay(1, stopping);
        await SendAsync(bytes.AsMemory(at));
    }

    /// <summary>Ends the connection with a reset instead of an orderly close.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Dispose();
    }

    public void Close()
    {
        socket.Shutdown(SocketShutdown.Send);
        socket.Dispose();
    }

    public void Dispose() => socket.Dispose();

    private int EndOfHead()
    {
        for (var i = 0; i + 3 < unread.Count; i++)
        {
            if (unread[i] == '\r' && unread[i + 1] == '\n' && unread[i + 2] == '\r' && unread[i + 3] == '\n')
            {
                return i;
            }
        }

        return -1;
    }

    private async Task<bool> FillAsync()
    {
        var bytes = new byte[64 * 1024];
        var read = await socket.ReceiveAsync(bytes.AsMemory(), stopping);
        unread.AddRange(bytes.AsSpan(0, read));
        return read > 0;
    }
}
