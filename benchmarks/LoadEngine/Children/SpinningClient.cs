using LoadEngine.Generators;
using Scripted.Linux;

namespace LoadEngine.Children;

/// <summary>What <see cref="HttpClient"/> takes without sleep and hand-overs: one thread, which never sleeps, sends and takes the answers.</summary>
internal sealed class SpinningClient : IDisposable
{
    private readonly Lock connecting = new();
    private readonly Target target;
    private SpinningConnection[] connections = [];

    private SpinningClient(Job job) => target = new Target(job, new SocketsHttpHandler { UseProxy = false, ConnectCallback = Connect });

    public static Report Run(Job job)
    {
        using var client = new SpinningClient(job);
        return job.Rate is { } rate ? client.OpenLoop(job, rate) : client.ClosedLoop(job);
    }

    public void Dispose() => target.Dispose();

    private Report ClosedLoop(Job job)
    {
        var warmUp = Loop(job.LeadSeconds);
        return Report.Of(Loop(job.Seconds)) with { WarmUpRequests = warmUp.Length };
    }

    private Report OpenLoop(Job job, int rate)
    {
        var warmUp = Send(rate, job.LeadSeconds);
        using (var control = new Target(job))
        {
            control.AfterLeadAsync().GetAwaiter().GetResult();
        }

        var report = Report.Of(Send(rate, job.Seconds));
        return job.ResetAfterLead ? report : report with { WarmUpRequests = warmUp.Length };
    }

    private double[] Loop(double seconds)
    {
        var latencies = new List<double>();
        var until = MonotonicClock.Now + (long)(seconds * 1e9);
        for (var start = MonotonicClock.Now; start < until;)
        {
            var answer = target.GetAsync(CancellationToken.None);
            while (!answer.IsCompleted)
            {
                LookForAnswers();
            }

            answer.GetAwaiter().GetResult();
            var end = MonotonicClock.Now;
            latencies.Add((end - start) / 1e3);
            start = end;
        }

        return [.. latencies];
    }

    private double[] Send(int rate, double seconds)
    {
        var latencies = new double[(int)Math.Round(rate * seconds)];
        var answers = new Task[latencies.Length];
        var start = MonotonicClock.Now + 10_000_000;
        for (var k = 0; k < answers.Length; k++)
        {
            var due = start + (long)(k * 1e9 / rate);
            while (MonotonicClock.Now < due)
            {
                LookForAnswers();
            }

            answers[k] = RequestAsync(k, due);
        }

        foreach (var answer in answers)
        {
            while (!answer.IsCompleted)
            {
                LookForAnswers();
            }

            answer.GetAwaiter().GetResult();
        }

        return latencies;

        async Task RequestAsync(int number, long due)
        {
            await target.GetAsync(CancellationToken.None).ConfigureAwait(false);
            latencies[number] = (MonotonicClock.Now - due) / 1e3;
        }
    }

    private void LookForAnswers()
    {
        foreach (var connection in Volatile.Read(ref connections))
        {
            connection.LookForAnswer();
        }
    }

    // HttpClient connects on the thread pool.
    private ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var connection = new SpinningConnection(context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        lock (connecting)
        {
            Volatile.Write(ref connections, [.. connections, connection]);
        }

        return ValueTask.FromResult<Stream>(connection);
    }
}
