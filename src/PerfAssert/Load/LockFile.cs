using System.Runtime.Versioning;

namespace PerfAssert.Load;

/// <summary>A file that one process at a time can hold. The system releases it even if the process is killed.</summary>
internal static class LockFile
{
    private const UnixFileMode ReadWriteForAll =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite |
        UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    // EWOULDBLOCK, and the sharing violation of Windows: only these mean another holder.
    private static readonly int Held = OperatingSystem.IsWindows() ? unchecked((int)0x80070020) : OperatingSystem.IsLinux() ? 11 : 35;

    /// <summary>Takes the lock.</summary>
    /// <returns>The held file, to be disposed; <see langword="null"/>: another one holds it.</returns>
    /// <exception cref="IOException">The file cannot be opened, for a reason other than another holder.</exception>
    public static FileStream? TryHold(string path)
    {
        try
        {
            // Opened before it is created: Linux refuses O_CREAT on another user's file in a sticky folder.
            return File.Exists(path) ? Open(path, FileMode.Open) : Open(path, FileMode.OpenOrCreate);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (IOException exception) when (exception.HResult == Held)
        {
            return null;
        }
        catch (UnauthorizedAccessException exception)
        {
            throw CannotBeOpened(path, exception, " Make it readable and writable for every user that runs performance tests.");
        }
        catch (IOException exception)
        {
            throw CannotBeOpened(path, exception, string.Empty);
        }
    }

    private static FileStream Open(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (OperatingSystem.IsWindows())
        {
            return new FileStream(path, options);
        }

        if (mode == FileMode.OpenOrCreate)
        {
            options.UnixCreateMode = ReadWriteForAll;
        }

        var file = new FileStream(path, options);
        OpenToAll(file);
        return file;
    }

    // The umask has taken bits from a file that was created, and only its owner can give them back.
    [UnsupportedOSPlatform("windows")]
    private static void OpenToAll(FileStream file)
    {
        try
        {
            if (File.GetUnixFileMode(file.SafeFileHandle) != ReadWriteForAll)
            {
                File.SetUnixFileMode(file.SafeFileHandle, ReadWriteForAll);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is another user's, and this one may use it.
        }
    }

    private static IOException CannotBeOpened(string path, Exception exception, string advice) => new(
        $"The lock file {path}, which keeps performance tests from overlapping, cannot be opened: {exception.Message}{advice}", exception);
}
