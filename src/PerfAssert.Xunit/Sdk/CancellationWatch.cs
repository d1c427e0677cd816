using Xunit.Abstractions;
using Xunit.Sdk;

namespace PerfAssert.Xunit.Sdk;

/// <summary>
/// Notices that the run was cancelled. xunit learns it only from the answer to a message, and a test under load, or one that waits
/// for its turn, sends none for minutes.
/// </summary>
internal sealed class CancellationWatch : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly PeriodicTimer timer = new(Interval);
    private readonly Task watching;

    private CancellationWatch(IMessageBus messageBus, ITest test, CancellationTokenSource cancellation) =>
        watching = Task.Run(() => WatchAsync(messageBus, test, cancellation));

    public static CancellationWatch Start(IMessageBus messageBus, ITest test, CancellationTokenSource cancellation) =>
        new(messageBus, test, cancellation);

    public async ValueTask DisposeAsync()
    {
        timer.Dispose();
        await watching;
    }

    // A message that every runner knows and none shows: an unknown one would be reported as an error of the run.
    private async Task WatchAsync(IMessageBus messageBus, ITest test, CancellationTokenSource cancellation)
    {
        while (await timer.WaitForNextTickAsync())
        {
            if (!messageBus.QueueMessage(new BeforeTestStarting(test, nameof(CancellationWatch))))
            {
                await cancellation.CancelAsync();
                return;
            }
        }
    }
}
