using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;
using LoadEngine.Generators;
using Scripted.Linux;

namespace LoadEngine.Children;

/// <summary>What this machine can do at best: one connection, a raw socket, and a thread that never sleeps.</summary>
internal static class SpinningFloor
{
    // The last of a wait is spent looking at the clock alone: reading a socket takes a microsecond.
    private const long ClockOnly = 20_000;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Report Run(Job job)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(job.Url.Host, job.Url.Port);
        var request = Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: {job.Url.Authority}\r\n\r\n");
        var buffer = new byte[64 * 1024];
        CurrentThread.LowerTimerSlack();

        // The first answer tells how long they all are.
        socket.Send(request);
        var length = socket.Receive(buffer);
        socket.Blocking = false;
        return job.Rate is { } rate ? OpenLoop(socket, request, buffer, length, job, rate) : ClosedLoop(socket, request, buffer, length, job);
    }

    private static Report OpenLoop(Socket socket, byte[] request, byte[] buffer, int length, Job job, int rate)
    {
        var warmUp = Send(socket, request, buffer, length, rate, job.LeadSeconds);
        using (var target = new Target(job))
        {
            target.AfterLeadAsync().GetAwaiter().GetResult();
        }

        var report = Report.Of(Send(socket, request, buffer, length, rate, job.Seconds));
        return job.ResetAfterLead ? report : report with { WarmUpRequests = warmUp.Length + 1 };
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double[] Send(Socket socket, byte[] request, byte[] buffer, int length, int rate, double seconds)
    {
        var dues = new long[(int)Math.Round(rate * seconds)];
        var latencies = new double[dues.Length];
        var start = MonotonicClock.Now + 10_000_000;
        long received = 0;
        for (var k = 0; k < dues.Length; k++)
        {
            var due = start + (long)(k * 1e9 / rate);
            for (long now; (now = MonotonicClock.Now) < due;)
            {
                if (due - now > ClockOnly)
                {
                    Receive();
                }
            }

            dues[k] = due;
            socket.Send(request);
        }

        while (received < (long)length * dues.Length)
        {
            Receive();
        }

        return latencies;

        void Receive()
        {
            var read = socket.Receive(buffer, 0, buffer.Length, SocketFlags.None, out _);
            if (read <= 0)
            {
                return;
            }

            var now = MonotonicClock.Now;
            var answered = received / length;
            received += read;
            for (; answered < received / length; answered++)
            {
                latencies[answered] = (now - dues[answered]) / 1e3;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Report ClosedLoop(Socket socket, byte[] request, byte[] buffer, int length, Job job)
    {
        var latencies = new List<double>();
        var warmUp = 0;
        var begin = MonotonicClock.Now;
        var measuredFrom = begin + (long)(job.LeadSeconds * 1e9);
        var until = begin + (long)(job.TotalSeconds * 1e9);
        for (var start = MonotonicClock.Now; start < until;)
        {
            socket.Send(request);
            for (var received = 0; received < length;)
            {
                received += Math.Max(0, socket.Receive(buffer, 0, buffer.Length, SocketFlags.None, out _));
            }

            var end = MonotonicClock.Now;
            if (start >= measuredFrom)
            {
                latencies.Add((end - start) / 1e3);
            }
            else
            {
                warmUp++;
            }

            start = end;
        }

        return Report.Of([.. latencies]) with { WarmUpRequests = warmUp + 1 };
    }
}
