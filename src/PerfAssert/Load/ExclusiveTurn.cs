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
    public static string LockFile { get; } =
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
                if (TryLock() is { } stream)
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

    private static FileStream? TryLock()
    {
        try
        {
            // Opened before it is created: Linux refuses O_CREAT on another user's file in a sticky folder.
            return File.Exists(LockFile) ? Open(FileMode.Open) : Open(FileMode.OpenOrCreate);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (IOException) when (File.Exists(LockFile))
        {
            return null;
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException(
                $"The lock file {LockFile}, which keeps performance tests from overlapping, cannot be opened: {exception.Message} " +
                "Make it readable and writable for every user that runs performance tests.", exception);
        }
    }

    private static FileStream Open(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows() && mode == FileMode.OpenOrCreate)
        {
            options.UnixCreateMode =
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite |
                UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        }

        return new FileStream(LockFile, options);
    }
}
