namespace PerfAssert.Load;

/// <summary>
/// One performance test at a time, in this process and on this machine: a semaphore, then a lock on a file that the system
/// releases even if the process is killed.
/// </summary>
internal sealed class ExclusiveTurn : IAsyncDisposable
{
    private static readonly SemaphoreSlim InProcess = new(1, 1);
    private static readonly AsyncLocal<bool> Held = new();
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(50);

    private readonly FileStream file;

    private ExclusiveTurn(FileStream file) => this.file = file;

    /// <summary>The file whose lock is the machine's turn; the same for every user and process, whatever TMPDIR says.</summary>
    public static string FilePath { get; } =
        Path.Combine(Directory.Exists("/tmp") && !OperatingSystem.IsWindows() ? "/tmp" : Path.GetTempPath(), "perfassert.lock");

    /// <summary>Says that the code which this method calls from now on is part of the test whose turn it is.</summary>
    public static void Enter() => Held.Value = true;

    /// <summary>Waits for the turn. Dispose it to pass the turn on.</summary>
    /// <exception cref="InvalidOperationException">It is the turn of the caller's own test, which would wait for itself for ever.</exception>
    /// <exception cref="OperationCanceledException">Cancelled while waiting.</exception>
    /// <exception cref="IOException">The lock file cannot be opened, for a reason other than another holder.</exception>
    public static async Task<ExclusiveTurn> WaitAsync(CancellationToken cancellationToken)
    {
        if (Held.Value || RequestContext.Current is not null)
        {
            throw new InvalidOperationException(
                "A performance test begins inside of another one, in its constructor, its InitializeAsync, its endpoint or a request: it would wait for its own turn for ever. " +
                "Call PerfTest.Run in an ordinary test.");
        }

        await InProcess.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            while (true)
            {
                if (LockFile.TryHold(FilePath) is { } stream)
                {
                    return new ExclusiveTurn(stream);
                }

                await Task.Delay(Retry, cancellationToken).ConfigureAwait(false);
            }
        }
        catch
        {
            InProcess.Release();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await file.DisposeAsync().ConfigureAwait(false);
        InProcess.Release();
    }
}
