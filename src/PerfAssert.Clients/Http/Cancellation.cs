namespace PerfAssert.Clients.Http;

/// <summary>The token of a call: that of the perf request, the caller's own, or both.</summary>
internal static class Cancellation
{
    public static (CancellationToken Token, CancellationTokenSource? Linked) Join(PerfRequest? request, CancellationToken own)
    {
        if (request is null)
        {
            return (own, null);
        }

        if (!own.CanBeCanceled || own == request.CancellationToken)
        {
            return (request.CancellationToken, null);
        }

        var linked = CancellationTokenSource.CreateLinkedTokenSource(request.CancellationToken, own);
        return (linked.Token, linked);
    }
}
