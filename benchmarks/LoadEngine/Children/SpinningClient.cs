using LoadEngine.Generators;
using Scripted.Linux;

namespace LoadEngine.Children;

/// <summary>What <see cref="HttpClient"/> can do at best on this machine: one connection, and one thread that never sleeps.</summary>
internal static class SpinningClient
{
    public static Report Run(Job job)
    {
        using var connection = new SpinningConnection();
        using var target = new Target(job, new SocketsHttpHandler { UseProxy = false, ConnectCallback = Connect });
        var warmUp = Send(job.LeadSeconds);
        return Report.Of(Send(job.Seconds)) with { WarmUpRequests = warmUp.Length };

        ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
        {
            connection.Connect(context.DnsEndPoint.Host, context.DnsEndPoint.Port);
            return ValueTask.FromResult<Stream>(connection);
        }

        double[] Send(double seconds)
        {
            var latencies = new List<double>();
            var until = MonotonicClock.Now + (long)(seconds * 1e9);
            for (var start = MonotonicClock.Now; start < until;)
            {
                var answer = target.GetAsync(CancellationToken.None);
                while (!answer.IsCompleted)
                {
                    connection.LookForAnswer();
                }

                answer.GetAwaiter().GetResult();
                var end = MonotonicClock.Now;
                latencies.Add((end - start) / 1e3);
                start = end;
            }

            return [.. latencies];
        }
    }
}
