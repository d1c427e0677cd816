namespace PerfAssert.Containers.Starting;

/// <summary>Paths of this machine that are mounted into a container.</summary>
internal static class HostPath
{
    /// <summary>The full path. Docker would make an empty folder of a path that is not there, and the server would not find its model.</summary>
    public static string Existing(string path, string method)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var full = Path.GetFullPath(path);
        return Path.Exists(full)
            ? full
            : throw new ArgumentException(
                $"{method}: there is no file or folder '{full}'."
                + (full == path ? "" : $" '{path}' was looked for in the current folder, which in a test run is the test's output folder: give a full path, or copy the model to the output."),
                nameof(path));
    }

    /// <summary>The name a model at this path goes by: the folder's, or the file's without its ending.</summary>
    public static string ModelName(string path)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        return Directory.Exists(path) ? name : Path.GetFileNameWithoutExtension(name);
    }
}
