using System.Diagnostics;

namespace PerfAssert.Tool.Tests;

/// <summary>A file system of its own that is soon full, or read-only. To mount it takes Linux and root.</summary>
internal sealed class SmallDisk : IDisposable
{
    public SmallDisk(string parent, string size)
    {
        Path = Directory.CreateDirectory(System.IO.Path.Combine(parent, "disk")).FullName;
        if (!Run("mount", "-t", "tmpfs", "-o", "size=" + size, "none", Path))
        {
            throw new InvalidOperationException("No file system could be mounted.");
        }
    }

    public string Path { get; }

    /// <summary>Whether this process may mount one.</summary>
    public static bool IsPossible()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return false;
        }

        var folder = Directory.CreateTempSubdirectory("perfgate-disk-").FullName;
        try
        {
            return Run("mount", "-t", "tmpfs", "-o", "size=64k", "none", folder) && Run("umount", folder);
        }
        finally
        {
            Directory.Delete(folder);
        }
    }

    public void Fill()
    {
        try
        {
            using var rest = new FileStream(System.IO.Path.Combine(Path, "rest"), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
            while (true)
            {
                rest.Write(new byte[4096]);
            }
        }
        catch (IOException)
        {
        }
    }

    public void MakeReadOnly() => Run("mount", "-o", "remount,ro", Path);

    public void Dispose() => Run("umount", Path);

    private static bool Run(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
