using LoadEngine.Generators;
using Scripted.Linux;

namespace LoadEngine.Children;

/// <summary>The simplest honest open loop: a thread sleeps until each arrival is due and hands it to the thread pool.</summary>
internal static class RawOpenLoop
{
    public static async Task<Report> RunAsync(Job job, bool shortSlice)
    {
        using var target = new Target(job);
        if (job.ResetAfterLead)
        {
            _ = await SendAsync(target, job.Rate!.Value, job.LeadSeconds, shortSlice).ConfigureAwait(false);
            await target.AfterLeadAsync().ConfigureAwait(false);
            return Report.Of(await SendAsync(target, job.Rate.Value, job.Seconds, shortSlice).ConfigureAwait(false));
        }

        var warmUp = (int)(job.Rate!.Value * job.LeadSeconds);
        var latencies = await SendAsync(target, job.Rate.Value, job.TotalSeconds, shortSlice).ConfigureAwait(false);
        return Report.Of(latencies[warmUp..]) with { WarmUpRequests = warmUp };
    }

    private static async Task<double[]> SendAsync(Target target, int rate, double seconds, bool shortSlice)
    {
        var latencies = new double[(int)Math.Round(rate * seconds)];
        var left = latencies.Length;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var start = MonotonicClock.Now + 1_000_000;
        new Thread(Pace) { IsBackground = true, Name = "pacer" }.Start();
        await done.Task.ConfigureAwait(false);
        return latencies;

        void Pace()
        {
            CurrentThread.LowerTimerSlack();
            if (shortSlice)
            {
                _ = CurrentThread.ShortenSlice();
            }

            for (var k = 0; k < latencies.Length; k++)
            {
                var (number, due) = (k, start + (long)(k * 1e9 / rate));
                MonotonicClock.SleepUntil(due);
                _ = Task.Run(() => RequestAsync(number, due));
            }
        }

        async Task RequestAsync(int number, long due)
        {
            try
            {
                await target.GetAsync(CancellationToken.None).ConfigureAwait(false);
                latencies[number] = (MonotonicClock.Now - due) / 1e3;
                if (Interlocked.Decrement(ref left) == 0)
                {
                    done.SetResult();
                }
            }
            catch (HttpRequestException exception)
            {
                _ = done.TrySetException(exception);
            }
        }
    }
}
