using SentimentServer.Protocol;

namespace SentimentServer.Faults;

/// <summary>Delays an infer request or makes it fail, as the options say.</summary>
internal sealed class FaultInjector(FaultOptions options, StallWindow stall, TimeProvider time)
{
    private readonly FaultPlan _plan = new(options);

    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        stall.StartClock();
        var (isDelayed, fails) = _plan.Next();
        if (isDelayed && options.Delay > TimeSpan.Zero)
        {
            await Task.Delay(options.Delay, time, cancellationToken);
        }

        if (fails)
        {
            throw new ProtocolException(StatusCodes.Status500InternalServerError, "injected failure (--failure-rate)");
        }
    }
}
