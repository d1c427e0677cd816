namespace PerfAssert.Load;

/// <summary>
/// One performance test at a time, in this process and on this machine: a semaphore, then a lock on a file that the system
/// releases even if the process is killed.
/// </summary>
internal sealed class ExclusiveTurn : IAsyncDisposable
{
    private static readonly SemaphoreSlim InProcess = new(1, 1);
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(50);

    private readonly FileStream file;

    private ExclusiveTurn(FileStream file) => this.file = file;

    /// <summary>The file whose lock is the machine's turn; the same for every user and process, whatever TMPDIR says.</summary>
    public static string FilePath { get; } =
        Path.Combine(Directory.Exists("/tmp") && !OperatingSystem.IsWindows() ? "/tmp" : Path.GetTempPath(), "perfassert.lock");

    /// <summary>Waits for the turn. Dispose it to pass the turn on.</summary>
    /// <exception cref="OperationCanceledException">Cancelled while waiting.</exception>
    /// <exception cref="IOException">The lock file cannot be opened, for a reason other than another holder.</exception>
    public static async Task<ExclusiveTurn> WaitAsync(CancellationToken cancellationToken)
    {
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
