using System.Collections.Immutable;
using PerfAssert.Runs;

namespace PerfAssert.Promotion;

/// <summary>Reads the run files that a path names.</summary>
internal static class RunFolder
{
    /// <summary>The run files of a folder, those in folders inside of it too, or the one file, in the order of time.</summary>
    /// <exception cref="RunFileException">There is nothing, or a file is damaged.</exception>
    public static ImmutableArray<(string File, RunFile Run)> Read(string path)
    {
        if (File.Exists(path))
        {
            return [(Path.GetFileName(path), RunFileReader.Read(path))];
        }

        if (!Directory.Exists(path))
        {
            throw new RunFileException($"'{path}' is no file and no folder. Run files are what a test run leaves in perf-results, or where PERFASSERT_RESULTS says.");
        }

        var files = Directory.EnumerateFiles(path, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        return files.Count == 0
            ? throw new RunFileException($"There is no run file in '{path}'. Run the tests first, or name the folder their results went to.")
            : [.. files.Select(file => (Path.GetFileName(file), RunFileReader.Read(file))).OrderBy(item => item.Item2.StartedAt)];
    }
}
