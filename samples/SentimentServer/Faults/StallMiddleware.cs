namespace SentimentServer.Faults;

/// <summary>Holds every request that arrives in the stall window, and every answer that becomes ready in it.</summary>
internal sealed class StallMiddleware(RequestDelegate next, StallWindow window)
{
    public async Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(() => window.WaitAsync(context.RequestAborted));
        await window.WaitAsync(context.RequestAborted);
        await next(context);
    }
}
