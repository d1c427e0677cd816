namespace PerfAssert.Baselines;

/// <summary>
/// The right to change a folder of baselines: a lock on a file in it, which the system releases even if the process is killed. The file
/// stays, because a lock on a file that others delete protects nothing.
/// </summary>
internal sealed class BaselineLock : IDisposable
{
    public const string FileName = ".lock";

    // "Another process has it" has no exception of its own: errno EWOULDBLOCK on Linux and on macOS, ERROR_SHARING_VIOLATION on Windows.
    private static readonly int[] Taken = [11, 35, unchecked((int)0x80070020)];

    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly FileStream file;

    private BaselineLock(FileStream file) => this.file = file;

    /// <summary>Waits for the right.</summary>
    /// <exception cref="BaselineException">Another process has it for a minute, or the folder cannot be written.</exception>
    public static BaselineLock Take(string folder, TimeProvider time)
    {
        var path = Path.Combine(folder, FileName);
        var start = time.GetTimestamp();
        using var pause = new ManualResetEventSlim();
        while (true)
        {
            try
            {
                Directory.CreateDirectory(folder);
                return new BaselineLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException exception) when (Taken.Contains(exception.HResult))
            {
                if (time.GetElapsedTime(start) > Patience)
                {
                    throw new BaselineException($"The baselines in '{folder}' are being changed by another process for {Patience.TotalSeconds:0} s: {exception.Message} Wait for it, or end it.", exception);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new BaselineException($"The baselines in '{folder}' cannot be changed: {exception.Message} Make the folder writable or free some space.", exception);
            }

            pause.Wait(Retry);
        }
    }

    public void Dispose() => file.Dispose();
}
