using System.Globalization;
using System.Runtime.InteropServices;
using Scripted.Linux;
using Scripted.Options;
using Scripted.Script;

namespace Scripted.Serving;

/// <summary>One thread that reads, waits and answers. Nothing is allocated for a request.</summary>
internal sealed class Server
{
    private const int BufferLength = 64 * 1024;
    private const int LongestHead = 16 * 1024;
    private const int ControlPatience = 10_000;

    // A sleeping core takes some tens of microseconds to wake: for the last of the wait before an answer it stays awake.
    private const long AwakeBeforeAnswer = 100_000;

    private readonly ServerOptions options;
    private readonly Epoll epoll = new();
    private readonly RequestLog log;
    private readonly Stall stall;
    private readonly PriorityQueue<PendingAnswer, long> pending = new(4096);
    private readonly byte[] buffer = GC.AllocateUninitializedArray<byte>(BufferLength, pinned: true);
    private readonly int listener;
    private Connection?[] connections = new Connection?[1024];
    private Random random;
    private long openConnections;
    private long countedConnections;

    public Server(ServerOptions options)
    {
        this.options = options;
        log = new RequestLog(options.Capacity);
        stall = new Stall(options.Stall);
        random = new Random(options.Seed);
        listener = Libc.Check(
            Libc.Socket(Libc.InternetFamily, Libc.StreamSocket | Libc.NonBlocking | Libc.CloseOnExec, 0), "socket");
        _ = Libc.Check(Libc.SetOption(listener, Libc.SocketLevel, Libc.ReuseAddress, 1, sizeof(int)), "setsockopt");
        var address = SocketAddress.Loopback(options.Port);
        _ = Libc.Check(Libc.Bind(listener, in address, SocketAddress.Length), $"bind to port {options.Port}");
        _ = Libc.Check(Libc.Listen(listener, 65535), "listen");
        var length = SocketAddress.Length;
        _ = Libc.Check(Libc.Name(listener, ref address, ref length), "getsockname");
        Port = address.Port;
        epoll.Add(listener);
    }

    public int Port { get; }

    /// <summary>Serves until the process ends.</summary>
    public void Run()
    {
        CurrentThread.LowerTimerSlack();
        _ = CurrentThread.ShortenSlice();
        while (true)
        {
            var timeout = options.Spin ? 0 : pending.TryPeek(out _, out var due) ? Math.Max(0, due - MonotonicClock.Now - AwakeBeforeAnswer) : -1;
            var events = epoll.Wait(timeout);
            AnswerDue();
            for (var i = 0; i < events; i++)
            {
                stall.WaitOut();
                var socket = epoll.Socket(i);
                if (socket == listener)
                {
                    Accept();
                }
                else if (connections[socket] is { } connection)
                {
                    Receive(connection);
                }

                AnswerDue();
            }
        }
    }

    private void AnswerDue()
    {
        stall.WaitOut();
        while (pending.TryPeek(out var answer, out var due) && due <= MonotonicClock.Now)
        {
            _ = pending.Dequeue();
            Answer(answer);
            stall.WaitOut();
        }
    }

    private void Answer(PendingAnswer answer)
    {
        var connection = answer.Connection;
        if (connection.IsClosed)
        {
            return;
        }

        // Stamped before the write: the client it wakes may push this thread off its core before the write returns.
        log.Answered(answer.Ticket, MonotonicClock.Now);

        // A client that does not take its answers is not waited for: the others would pay for it.
        var bytes = Answers.For(answer.Persistence);
        var sent = Libc.Send(connection.Socket, in bytes[0], bytes.Length, Libc.NoSignal);
        if (sent != bytes.Length || answer.Persistence == Persistence.Close)
        {
            Close(connection);
        }
    }

    private void Accept()
    {
        while (true)
        {
            var socket = Libc.Accept(listener, 0, 0, Libc.NonBlocking | Libc.CloseOnExec);
            if (socket < 0)
            {
                return;
            }

            if (openConnections == options.MaxConnections)
            {
                _ = Libc.Close(socket);
                continue;
            }

            if (socket >= connections.Length)
            {
                Array.Resize(ref connections, socket * 2);
            }

            openConnections++;
            connections[socket] = new Connection(socket);
            _ = Libc.SetOption(socket, Libc.TcpLevel, Libc.NoDelay, 1, sizeof(int));
            epoll.Add(socket);
        }
    }

    private void Receive(Connection connection)
    {
        var kept = connection.TakeKept(buffer);
        var read = (int)Libc.Receive(connection.Socket, ref buffer[kept], buffer.Length - kept, 0);
        var now = MonotonicClock.Now;
        if (read <= 0)
        {
            if (read < 0 && Marshal.GetLastPInvokeError() is Libc.ErrorAgain or Libc.ErrorInterrupted)
            {
                connection.Keep(buffer.AsSpan(0, kept));
            }
            else
            {
                Close(connection);
            }

            return;
        }

        try
        {
            Read(connection, buffer.AsSpan(0, kept + read), now);
        }
        catch (FormatException exception)
        {
            SendAll(connection, Answers.Text("400 Bad Request", "Connection: close\r\n", exception.Message));
            Close(connection);
        }
    }

    private void Read(Connection connection, ReadOnlySpan<byte> bytes, long now)
    {
        while (bytes.Length > 0 && !connection.IsClosed)
        {
            if (connection.BodyLeft > 0)
            {
                var skipped = (int)Math.Min(connection.BodyLeft, bytes.Length);
                bytes = bytes[skipped..];
                connection.BodyLeft -= skipped;
            }
            else if (RequestHead.TryRead(bytes, out var head))
            {
                bytes = bytes[head.Length..];
                connection.Head = head;
                connection.BodyLeft = head.BodyLength;
            }
            else if (bytes.Length <= LongestHead)
            {
                connection.Keep(bytes);
                return;
            }
            else
            {
                throw new FormatException("the head is too long");
            }

            if (connection.BodyLeft == 0)
            {
                Serve(connection, now);
            }
        }
    }

    private void Serve(Connection connection, long now)
    {
        if (connection.Head.Control != ControlRequest.None)
        {
            Control(connection);
            return;
        }

        if (log.Requests == 0)
        {
            stall.FirstRequest(now);
        }

        if (!connection.IsCounted)
        {
            connection.IsCounted = true;
            countedConnections++;
        }

        var answer = new PendingAnswer(connection, connection.Head.Persistence, log.Arrived(now));
        var service = options.Service.Next(random);
        if (service == 0 && connection.LastDue <= now)
        {
            Answer(answer);
            return;
        }

        connection.LastDue = Math.Max(now + service, connection.LastDue + 1);
        pending.Enqueue(answer, connection.LastDue);
    }

    // Control requests may allocate and take their time: nothing is being measured meanwhile.
    private void Control(Connection connection)
    {
        switch (connection.Head.Control)
        {
            case ControlRequest.Log:
                var bytes = log.Bytes;
                SendAll(connection, Answers.Head("200 OK", "Content-Type: application/octet-stream\r\n", bytes.Length));
                SendAll(connection, bytes);
                break;
            case ControlRequest.Reset:
                log.Clear();
                stall.Reset();
                countedConnections = 0;
                random = new Random(options.Seed);
                SendAll(connection, Answers.Text("200 OK", "", "reset"));
                break;
            case ControlRequest.Statistics:
                SendAll(connection, Answers.Json(string.Create(
                    CultureInfo.InvariantCulture,
                    $$"""{"requests":{{log.Requests}},"connections":{{countedConnections}},"cpuSeconds":{{Environment.CpuUsage.TotalTime.TotalSeconds}}}""")));
                break;
            default:
                SendAll(connection, Answers.Text(
                    "404 Not Found", "", "GET /control/log, POST /control/reset or GET /control/stats"));
                break;
        }

        if (connection.Head.Persistence == Persistence.Close)
        {
            Close(connection);
        }
    }

    private void SendAll(Connection connection, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0 && !connection.IsClosed)
        {
            var sent = (int)Libc.Send(connection.Socket, in bytes[0], bytes.Length, Libc.NoSignal);
            if (sent >= 0)
            {
                bytes = bytes[sent..];
                continue;
            }

            var writable = new PollEntry { Descriptor = connection.Socket, Events = Libc.WritableEvent };
            if (Marshal.GetLastPInvokeError() != Libc.ErrorAgain || Libc.Poll(ref writable, 1, ControlPatience) <= 0)
            {
                Close(connection);
            }
        }
    }

    private void Close(Connection connection)
    {
        if (!connection.IsClosed)
        {
            connection.IsClosed = true;
            connections[connection.Socket] = null;
            openConnections--;
            _ = Libc.Close(connection.Socket);
        }
    }
}
