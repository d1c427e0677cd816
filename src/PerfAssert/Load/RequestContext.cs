namespace PerfAssert.Load;

/// <summary>
/// Tells which request the running code belongs to, across its awaits. The context is made once a slot and restored for each of its
/// requests, so that it costs no allocation. It starts empty: nothing of the test's own context flows into a request.
/// </summary>
internal static class RequestContext
{
    private static readonly AsyncLocal<PerfRequest?> Ambient = new();
    private static readonly ExecutionContext Empty = CaptureEmpty();

    /// <summary>The request whose flow this is; <see langword="null"/> outside of one.</summary>
    public static PerfRequest? Current => Ambient.Value;

    public static ExecutionContext For(PerfRequest request)
    {
        ExecutionContext? made = null;
        ExecutionContext.Run(
            Empty,
            _ =>
            {
                Ambient.Value = request;
                made = ExecutionContext.Capture();
            },
            null);
        return made!;
    }

    // Only a thread that nothing flowed into has an empty context.
    private static ExecutionContext CaptureEmpty()
    {
        ExecutionContext? empty = null;
        var thread = new Thread(() => empty = ExecutionContext.Capture());
        thread.UnsafeStart();
        thread.Join();
        return empty!;
    }
}
