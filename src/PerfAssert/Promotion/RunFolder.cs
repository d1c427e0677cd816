using System.Collections.Immutable;
using PerfAssert.Baselines;
using PerfAssert.Load;
using PerfAssert.Runs;

namespace PerfAssert.Promotion;

/// <summary>The run files that a path names. Only their heads are kept: a folder may hold more runs than fit into the memory.</summary>
internal sealed class RunFolder
{
    private readonly ImmutableArray<(string Path, RunFileHeader Header)> files;

    private RunFolder(IEnumerable<(string Path, RunFileHeader Header)> found)
    {
        var all = found.OrderBy(file => file.Header.StartedAt).ThenBy(file => file.Path, StringComparer.Ordinal).ToList();
        files = [.. all.DistinctBy(file => (KeyOf(file.Header), file.Header.StartedAt))];
        Copies = all.Count - files.Length;
    }

    /// <summary>Files that hold a run which another one holds as well: a run counts once.</summary>
    public int Copies { get; }

    /// <summary>What there are runs of, by name.</summary>
    public ImmutableArray<(string Test, string Environment)> Tests => [.. files.Select(file => KeyOf(file.Header)).Distinct()
        .OrderBy(key => key.Test, StringComparer.Ordinal).ThenBy(key => key.Environment, StringComparer.Ordinal)];

    /// <summary>When the first and the last of the runs started.</summary>
    public (DateTimeOffset First, DateTimeOffset Last) Started => (files[0].Header.StartedAt, files[^1].Header.StartedAt);

    /// <summary>The run files of a folder, those in folders inside of it too, or the one file.</summary>
    /// <exception cref="RunFileException">There is nothing, or a file is damaged.</exception>
    public static RunFolder Open(string path)
    {
        if (File.Exists(path))
        {
            return new RunFolder([(path, HeaderOf(path))]);
        }

        if (!Directory.Exists(path))
        {
            throw new RunFileException($"'{path}' is no file and no folder. Run files are what a test run leaves in perf-results, or where PERFASSERT_RESULTS says.");
        }

        try
        {
            var files = Directory.GetFiles(path, "*.json", SearchOption.AllDirectories);
            return files.Length == 0
                ? throw new RunFileException($"There is no run file in '{path}'. Run the tests first, or name the folder their results went to.")
                : new RunFolder(files.Select(file => (file, HeaderOf(file))));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RunFileException($"The folder '{path}' cannot be read: {exception.Message} Check its permissions.", exception);
        }
    }

    /// <summary>The runs of one test in one environment and the names of their files, in the order of time.</summary>
    /// <exception cref="RunFileException">A file is damaged, or has a load that this version does not know.</exception>
    public ImmutableArray<(string File, RunFile Run)> Read((string Test, string Environment) test) =>
        [.. files.Where(file => KeyOf(file.Header) == test).Select(file => (Path.GetFileName(file.Path), Read(file.Path)))];

    // It becomes the name of a folder. Said of every file before the first run is promoted; without any the file is damaged, which reading it says better.
    private static RunFileHeader HeaderOf(string path)
    {
        var header = RunFileReader.ReadHeader(path);
        return header.Plan?.Environment is not { } environment || EnvironmentName.IsValid(environment) ? header
            : throw new RunFileException(
                $"The run file '{path}' is of an environment '{environment}' (plan.environment), expected {EnvironmentName.Expected} that begins with a letter or a digit. " +
                "It was edited: delete it or run the test again.");
    }

    // Runs of other loads are not comparable: one that cannot be read can be neither held against others nor promoted.
    private static RunFile Read(string path)
    {
        var run = RunFileReader.Read(path);
        return LoadExpression.TryParse(run.Plan.Load.Expression, out _, out var error) ? run
            : throw new RunFileException($"The run file '{path}' has a load that cannot be understood: {error.Message} It was edited, or another version of PerfAssert wrote it.");
    }

    private static (string Test, string Environment) KeyOf(RunFileHeader header) => (header.TestName ?? string.Empty, header.Plan?.Environment ?? string.Empty);
}
