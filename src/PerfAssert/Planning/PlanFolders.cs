using PerfAssert.Planning.Files;

namespace PerfAssert.Planning;

/// <summary>Where files are: the nearest folders upwards from the test assembly, or from its project.</summary>
internal static class PlanFolders
{
    /// <summary>The runtime option by which a project's build tells its folder.</summary>
    public const string ProjectFolderOption = "PerfAssert.ProjectFolder";

    private const string ResultsName = "perf-results";

    private static readonly EnumerationOptions WhatIsReadable = new() { IgnoreInaccessible = true };

    /// <summary>
    /// From where to look upwards: from the test assembly's folder; where that is outside of the project's and not in another solution or repository (artifacts
    /// layout, an output folder of its own), from the project's.
    /// </summary>
    /// <param name="assemblyFolder">The test assembly's folder.</param>
    /// <param name="projectFolder">The project's; <see langword="null"/>: not known. One that is not there was another machine's.</param>
    public static string Start(string assemblyFolder, string? projectFolder)
    {
        if (projectFolder is null || !Directory.Exists(projectFolder) || IsAbove(projectFolder, assemblyFolder))
        {
            return assemblyFolder;
        }

        var home = Upwards(assemblyFolder).FirstOrDefault(folder => IsRoot(folder) || File.Exists(Path.Combine(folder, BudgetsFile.FileName)));
        return home is null || IsAbove(home, projectFolder) ? projectFolder : assemblyFolder;
    }

    /// <summary>The nearest <c>perf-budgets.json</c>; <see langword="null"/>: there is none.</summary>
    public static string? FindBudgetsFile(string startFolder) =>
        Upwards(startFolder).Select(folder => Path.Combine(folder, BudgetsFile.FileName)).FirstOrDefault(File.Exists);

    /// <summary>Where results and baselines stand: beside <c>perf-budgets.json</c>, else in the folder of the nearest solution or repository.</summary>
    public static string Root(string startFolder) => Root(startFolder, FindBudgetsFile(startFolder));

    /// <summary>Where results go: <c>PERFASSERT_RESULTS</c>, taken from the root when it is relative, else <c>perf-results</c> in the root.</summary>
    public static string Results(PlanningContext context, string? budgetsFile, ICollection<string> notes)
    {
        var root = Root(context.StartFolder, budgetsFile);
        if (context.Variable("PERFASSERT_RESULTS") is not { } chosen)
        {
            return Path.Combine(root, ResultsName);
        }

        try
        {
            var results = Path.GetFullPath(chosen, root);
            notes.Add($"results folder {results}: PERFASSERT_RESULTS");
            return results;
        }
        catch (ArgumentException)
        {
            throw new PerfPlanException($"PERFASSERT_RESULTS is '{chosen}', which is no path, expected a folder for run files");
        }
    }

    /// <summary>The folder of <c>perf-budgets.json</c>, else that of the solution or repository.</summary>
    public static string Root(string startFolder, string? budgetsFile) => Path.GetDirectoryName(budgetsFile) ?? FindRoot(startFolder);

    /// <summary>Where a file may be that an attribute names: beside the test assembly, in the project's folder, and so on up to the root.</summary>
    public static IEnumerable<string> UpTo(string startFolder, string root)
    {
        foreach (var folder in Upwards(startFolder))
        {
            yield return folder;
            if (folder == root)
            {
                yield break;
            }
        }
    }

    /// <summary>The folder of the nearest solution or repository, else the start.</summary>
    private static string FindRoot(string startFolder) => Upwards(startFolder).FirstOrDefault(IsRoot) ?? Path.GetFullPath(startFolder);

    private static bool IsRoot(string folder)
    {
        // In a linked work tree .git is a file.
        var git = Path.Combine(folder, ".git");
        return Directory.Exists(git)
            || File.Exists(git)
            || (Directory.Exists(folder) && (Holds(folder, "*.sln") || Holds(folder, "*.slnx")));
    }

    private static bool IsAbove(string folder, string other) => Upwards(other).Contains(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));

    private static bool Holds(string folder, string pattern) => Directory.EnumerateFiles(folder, pattern, WhatIsReadable).Any();

    private static IEnumerable<string> Upwards(string startFolder)
    {
        for (var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(startFolder)); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            yield return folder;
        }
    }
}
