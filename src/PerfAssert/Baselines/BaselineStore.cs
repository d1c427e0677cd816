using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace PerfAssert.Baselines;

/// <summary>A folder of baselines: a folder an environment, a file a test. Meant to be committed, or kept by the build server.</summary>
/// <param name="folder">Full path of <c>perf-baselines</c>.</param>
/// <param name="time">For the wait for other processes.</param>
internal sealed partial class BaselineStore(string folder, TimeProvider? time = null)
{
    /// <summary>Its usual name, beside <c>perf-budgets.json</c>.</summary>
    public const string FolderName = "perf-baselines";

    private const int SlugLength = 80;
    private const int HashLength = 8;

    private readonly TimeProvider time = time ?? TimeProvider.System;

    public string Folder => folder;

    /// <summary>Environments with a folder, in the order of their names.</summary>
    /// <exception cref="BaselineException">The folder cannot be read.</exception>
    public ImmutableArray<string> Environments =>
        [.. Entries(folder, Directory.GetDirectories).Select(Path.GetFileName).OfType<string>().Where(EnvironmentName.IsValid).Order(StringComparer.Ordinal)];

    /// <summary>Where a test's baseline stands, whether it is there or not.</summary>
    /// <exception cref="BaselineException">The environment has a name that none may have.</exception>
    public string PathOf(string environment, string test)
    {
        var slug = Other().Replace(test, "-").Trim('-', '.');
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(test)))[..HashLength];
        return Path.Combine(FolderOf(environment), $"{slug[..Math.Min(slug.Length, SlugLength)]}-{hash}.json");
    }

    /// <summary>A test's baseline; <see langword="null"/>: it has none.</summary>
    /// <exception cref="BaselineException">The file is damaged, or cannot be read.</exception>
    public Baseline? Find(string environment, string test) => Read(PathOf(environment, test), environment, test);

    /// <summary>Every baseline of an environment, by name of the test.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="problems">Gets a message for each file that is damaged, and for what cannot be read.</param>
    public ImmutableArray<Baseline> All(string environment, ICollection<string> problems)
    {
        // Not the files alone: what is no file and has the name of a baseline is one that cannot be read.
        var paths = Try(() => Entries(FolderOf(environment), inside => Directory.GetFileSystemEntries(inside, "*.json"))) ?? [];
        return [.. paths.Select(path => Try(() => Read(path, environment, null))).OfType<Baseline>().OrderBy(baseline => baseline.Test, StringComparer.Ordinal)];

        T? Try<T>(Func<T?> read)
            where T : class
        {
            try
            {
                return read();
            }
            catch (BaselineException exception)
            {
                problems.Add(exception.Message);
                return null;
            }
        }
    }

    /// <summary>Adds runs of one test. Two processes that add at once lose nothing.</summary>
    /// <returns>The baseline, and how many of the runs were new to it.</returns>
    /// <exception cref="BaselineException">The file is damaged, or cannot be written.</exception>
    public (Baseline Baseline, int Added) Add(string environment, string test, IEnumerable<BaselineRun> runs)
    {
        using var right = BaselineLock.Take(folder, time);
        IgnoreLock();
        var before = Find(environment, test) ?? new Baseline(test, environment, []);
        var after = runs.Aggregate(before, (baseline, run) => baseline.With(run));
        if (!ReferenceEquals(before, after))
        {
            Write(PathOf(environment, test), BaselineText.Write(after));
        }

        return (after, after.Runs.Count(run => before.Runs.All(known => known.At != run.At)));
    }

    /// <summary>Deletes a test's baseline, damaged or not.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Drop(string environment, string test)
    {
        if (!IsThere(PathOf(environment, test)))
        {
            return false;
        }

        using var right = BaselineLock.Take(folder, time);
        try
        {
            File.Delete(PathOf(environment, test));
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BaselineException($"The baseline '{PathOf(environment, test)}' cannot be deleted: {exception.Message} Make the folder writable.", exception);
        }
    }

    /// <summary>Finds out before a long run, not after it, that nothing could be kept. A folder that is not there yet is not there afterwards either.</summary>
    /// <exception cref="BaselineException">The folder cannot be created or written.</exception>
    public void EnsureWritable()
    {
        if (Directory.Exists(folder))
        {
            using var right = BaselineLock.Take(folder, time);
            IgnoreLock();
            Probe();
            return;
        }

        try
        {
            Probe();
        }
        finally
        {
            TryDelete(folder, Directory.Delete);
        }
    }

    private void Probe()
    {
        var probe = Path.Combine(folder, $".probe-{Guid.NewGuid():N}");
        Write(probe, string.Empty);
        TryDelete(probe, File.Delete);
    }

    /// <summary>Keeps the lock file, which is no baseline, out of version control. The caller has the lock.</summary>
    internal void IgnoreLock()
    {
        var path = Path.Combine(folder, ".gitignore");
        if (!File.Exists(path))
        {
            Write(path, BaselineLock.FileName + "\n*.tmp\n");
        }
    }

    // A file says which environment it is of. It does not say where to write.
    private string FolderOf(string environment) => EnvironmentName.IsValid(environment)
        ? Path.Combine(folder, environment)
        : throw new BaselineException($"'{environment}' is no name of an environment, expected {EnvironmentName.Expected} that begins with a letter or a digit. Nothing was read or written.");

    /// <summary>The bytes of a file; <see langword="null"/>: there is none. One that cannot be read is there.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read, or is no file.</exception>
    internal static byte[]? Bytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static string[] Entries(string inside, Func<string, string[]> list)
    {
        try
        {
            return list(inside);
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BaselineException($"The baselines in '{inside}' cannot be read: {exception.Message} Check its permissions.", exception);
        }
    }

    private static bool IsThere(string path)
    {
        try
        {
            File.GetAttributes(path);
            return true;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, exception);
        }
    }

    private static BaselineException Unreadable(string path, Exception exception) =>
        new($"The baseline '{path}' cannot be read: {exception.Message} Check its permissions.", exception);

    private static Baseline? Read(string path, string environment, string? test)
    {
        byte[]? text;
        try
        {
            text = Bytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, exception);
        }

        if (text is null)
        {
            return null;
        }

        var baseline = BaselineText.Read(path, text);
        return baseline.Environment == environment && (test ?? baseline.Test) == baseline.Test
            ? baseline
            : throw new BaselineException(
                $"{path} is the baseline of {baseline.Test} in environment {baseline.Environment}, not of {test ?? baseline.Test} in {environment}. " +
                "Baselines are not copied or renamed by hand: put it back, and promote runs of the other test.");
    }

    /// <summary>Writes a file so that a reader sees a whole one or none. The caller has the lock.</summary>
    internal static void Write(string path, string text)
    {
        // Beside its place, because only a rename inside of one file system is atomic. One name for all: who writes has the lock, so what
        // a killed process left there is overwritten.
        var temporary = path + ".tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                stream.Write(Encoding.UTF8.GetBytes(text));
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BaselineException($"'{path}' cannot be written, and stays as it was: {exception.Message} Make the folder writable or free some space.", exception);
        }
        finally
        {
            TryDelete(temporary, File.Delete);
        }
    }

    // A failure here would hide the one that matters.
    private static void TryDelete(string path, Action<string> delete)
    {
        try
        {
            delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }

    [GeneratedRegex("[^A-Za-z0-9_.]+")]
    private static partial Regex Other();
}
