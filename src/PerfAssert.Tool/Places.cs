using PerfAssert.Baselines;
using PerfAssert.Planning;
using PerfAssert.Planning.Files;

namespace PerfAssert.Tool;

/// <summary>
/// Where things are when the command line does not say: as in a test run, beside the nearest <c>perf-budgets.json</c> upwards. Upwards from the runs or
/// the project that it names, and where there is none, or it names nothing, from the folder at hand.
/// </summary>
internal static class Places
{
    /// <summary>Baselines.</summary>
    /// <param name="chosen">The folder itself.</param>
    /// <param name="of">What they are the baselines of, runs or a project.</param>
    /// <exception cref="PerfPlanException"><paramref name="chosen"/> is empty.</exception>
    public static BaselineStore Baselines(string? chosen, string? of = null) =>
        new(chosen is null ? Path.Combine(PlanFolders.Root(Context.StartFolder, FindBudgetsFile(of)), BaselineStore.FolderName) : FullPath(chosen, "--baselines"));

    /// <summary>Run files: <c>PERFASSERT_RESULTS</c>, or <c>perf-results</c>.</summary>
    /// <exception cref="PerfPlanException"><paramref name="chosen"/> is empty.</exception>
    public static string Results(string? chosen) => chosen is null
        ? PlanFolders.Results(Context, PlanFolders.FindBudgetsFile(Context.StartFolder), [])
        : FullPath(chosen, "RUNS");

    /// <summary>The project, solution or assembly to test.</summary>
    /// <exception cref="PerfPlanException"><paramref name="chosen"/> is empty.</exception>
    public static string Project(string chosen) => FullPath(chosen, "PROJECT");

    /// <summary>The nearest <c>perf-budgets.json</c>; one without a key where there is none.</summary>
    /// <param name="of">The runs that it is about.</param>
    public static BudgetsFile BudgetsFile(string? of) => FindBudgetsFile(of) is { } path ? Planning.Files.BudgetsFile.Load(path) : new BudgetsFile();

    /// <summary>The day by which waivers expire.</summary>
    public static DateOnly Today => Context.Today;

    // What a shell makes of a variable that is not set. The default would be another place than was meant.
    private static string FullPath(string chosen, string argument) => string.IsNullOrWhiteSpace(chosen)
        ? throw new PerfPlanException($"{argument} is empty, expected a path. Is a variable of the command line not set?")
        : Path.GetFullPath(chosen);

    private static string? FindBudgetsFile(string? of) =>
        (of is null ? null : PlanFolders.FindBudgetsFile(of)) ?? PlanFolders.FindBudgetsFile(Context.StartFolder);

    private static PlanningContext Context { get; } =
        new(Environment.CurrentDirectory, Environment.GetEnvironmentVariable, new MachineFacts(string.Empty, string.Empty, null));
}
