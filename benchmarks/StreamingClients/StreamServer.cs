using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace StreamingClients;

/// <summary>
/// Sends OpenAI-style chunks, an HTTP chunk each, out of memory that was filled beforehand: nearly all of its time is the kernel's.
/// </summary>
internal static class StreamServer
{
    private const int EventsInABlock = 256;
    private static readonly TimeSpan Pause = TimeSpan.FromMicroseconds(50);

    private static readonly byte[] Head = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
    private static readonly byte[] Alike = Filled(_ => 0);
    private static readonly byte[] Varied = Filled(i => i);

    public static void Run()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Console.WriteLine(((IPEndPoint)listener.LocalEndpoint).Port);

        // Ends with the benchmark, however that ends.
        _ = Task.Run(() =>
        {
            _ = Console.In.ReadToEnd();
            Environment.Exit(0);
        });
        while (true)
        {
            var socket = listener.AcceptSocket();
            socket.NoDelay = true;
            new Thread(() => Serve(socket)) { IsBackground = true }.Start();
        }
    }

    private static void Serve(Socket socket)
    {
        using var stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            while (ReadRequest(stream) is { } body)
            {
                Send(stream, int.Parse(Member(body, "\"max_tokens\":"), CultureInfo.InvariantCulture), Member(body, "\"way\":\"", '"'));
            }
        }
        catch (IOException)
        {
            // The client has gone.
        }
    }

    private static void Send(NetworkStream stream, int chunks, string way)
    {
        stream.Write(Head);
        var block = way == "vary" ? Varied : Alike;
        var one = block.Length / EventsInABlock;
        if (way == "pause")
        {
            for (var i = 0; i < chunks; i++)
            {
                stream.Write(block.AsSpan(0, one));
                var start = Stopwatch.GetTimestamp();
                while (Stopwatch.GetElapsedTime(start) < Pause)
                {
                    Thread.SpinWait(20);
                }
            }
        }
        else
        {
            for (var left = chunks; left > 0; left -= EventsInABlock)
            {
                stream.Write(block.AsSpan(0, one * Math.Min(left, EventsInABlock)));
            }
        }

        stream.Write(Encoding.ASCII.GetBytes(
            Chunk("data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"length\"}]}\n\n")
            + Chunk($"data: {{\"choices\":[],\"usage\":{{\"prompt_tokens\":1,\"completion_tokens\":{chunks}}}}}\n\n")
            + Chunk("data: [DONE]\n\n")
            + "0\r\n\r\n"));
    }

    private static string? ReadRequest(NetworkStream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (true)
        {
            var read = stream.Read(buffer);
            if (read == 0)
            {
                return null;
            }

            text.Append(Encoding.ASCII.GetString(buffer, 0, read));
            var request = text.ToString();
            var head = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (head >= 0 && request.Length >= head + 4 + int.Parse(Member(request, "Content-Length: "), CultureInfo.InvariantCulture))
            {
                return request;
            }
        }
    }

    private static string Member(string text, string name, params char[] ends)
    {
        var start = text.IndexOf(name, StringComparison.Ordinal) + name.Length;
        return text[start..text.IndexOfAny(ends is [] ? [',', '\r', '}'] : ends, start)];
    }

    private static byte[] Filled(Func<int, int> id) =>
        Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, EventsInABlock).Select(i => Chunk(Content(id(i), i)))));

    // All of one length, so that a part of the block is a part of the stream.
    private static string Content(int id, int i) =>
        $"data: {{\"id\":\"chatcmpl-7d3{id:000}\",\"object\":\"chat.completion.chunk\",\"created\":1763990000,\"model\":\"m\",\"choices\":[{{\"index\":0,\"delta\":{{\"content\":\" tok{i:000}\"}},\"logprobs\":null,\"finish_reason\":null}}]}}\n\n";

    private static string Chunk(string text) => $"{text.Length:x}\r\n{text}\r\n";
}
