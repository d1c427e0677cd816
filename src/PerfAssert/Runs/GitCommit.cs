namespace PerfAssert.Runs;

/// <summary>The commit under test, as cheaply as it can be known: from the repository's own files, or what the build server says, which may have checked out another one.</summary>
internal static class GitCommit
{
    private static readonly string[] Variables =
        ["GITHUB_SHA", "CI_COMMIT_SHA", "BUILD_SOURCEVERSION", "GIT_COMMIT", "BITBUCKET_COMMIT", "CIRCLE_SHA1", "TRAVIS_COMMIT"];

    private static readonly Lazy<string?> Here = new(() => Find(AppContext.BaseDirectory, Environment.GetEnvironmentVariable));

    /// <summary>Of the tests that are running; <see langword="null"/>: unknown.</summary>
    public static string? Current => Here.Value;

    public static string? Find(string folder, Func<string, string?> variable)
    {
        try
        {
            if (Repository(folder) is { } repository && Head(repository) is { } head)
            {
                return head;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // What cannot be read is as good as not there.
        }

        return Variables.Select(name => variable(name)?.Trim()).FirstOrDefault(IsCommit);
    }

    private static string? Repository(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            var git = Path.Combine(at.FullName, ".git");
            if (Directory.Exists(git))
            {
                return git;
            }

            // In a worktree and in a submodule .git is a file that names the folder.
            if (File.Exists(git) && After("gitdir:", File.ReadAllText(git)) is { } elsewhere)
            {
                return Path.GetFullPath(elsewhere, at.FullName);
            }
        }

        return null;
    }

    private static string? Head(string repository)
    {
        var head = File.ReadAllText(Path.Combine(repository, "HEAD")).Trim();
        if (After("ref:", head) is not { } reference)
        {
            return IsCommit(head) ? head : null;
        }

        // A worktree has its own HEAD and shares the branches.
        var common = Path.Combine(repository, "commondir");
        var shared = File.Exists(common) ? Path.GetFullPath(File.ReadAllText(common).Trim(), repository) : repository;
        var loose = Path.Combine(shared, reference);
        if (File.Exists(loose) && File.ReadAllText(loose).Trim() is var commit && IsCommit(commit))
        {
            return commit;
        }

        var packed = Path.Combine(shared, "packed-refs");
        return !File.Exists(packed) ? null : File.ReadLines(packed)
            .Select(line => line.Split(' ', 2))
            .FirstOrDefault(parts => parts.Length == 2 && parts[1] == reference && IsCommit(parts[0]))?[0];
    }

    private static string? After(string prefix, string text) =>
        text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..].Trim() : null;

    private static bool IsCommit(string? text) => text is { Length: 40 or 64 } && text.All(char.IsAsciiHexDigit);
}
