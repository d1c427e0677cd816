using System.Text.Json;

namespace PerfAssert.Runs;

/// <summary>Writes run files so that a reader sees a whole one or none, whatever happens to the process or the machine meanwhile.</summary>
internal static class RunFileWriter
{
    /// <summary>Writes a run into a folder, which is created.</summary>
    /// <returns>Full path of the file.</returns>
    /// <exception cref="RunFileException">The folder or the file cannot be written.</exception>
    public static string Write(string folder, RunFile run) =>
        Write(folder, run, path => new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None));

    internal static string Write(string folder, RunFile run, Func<string, FileStream> create)
    {
        var path = Path.Combine(Path.GetFullPath(folder), RunFileName.For(run));

        // Beside its place, because only a rename inside of one file system is atomic.
        var temporary = path + ".tmp";
        try
        {
            Directory.CreateDirectory(folder);
            using (var stream = create(temporary))
            {
                JsonSerializer.Serialize(stream, run, RunFileFormat.RunFile);
                stream.WriteByte((byte)'\n');
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path);
            return path;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RunFileException(
                $"The result of {run.TestName} cannot be written to '{folder}': {exception.Message} " +
                "Make the folder writable or free some space, or name another folder in PERFASSERT_RESULTS.",
                exception);
        }
        finally
        {
            TryDelete(temporary);
        }
    }

    // A failure here would hide the one that matters.
    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }
}
