using System.CommandLine;

namespace PerfAssert.Tool.Commands;

/// <summary><c>perfgate baseline</c>.</summary>
internal static class BaselineCommand
{
    public static Command Create() => new("baseline", "Keeps what runs are compared with: the last 20 good runs of each test.")
    {
        PromoteCommand.Create(), ListCommand.Create(), ShowCommand.Create(), DropCommand.Create(),
    };

    /// <summary>The folder, for every command.</summary>
    public static Option<string?> Folder() => new("--baselines")
    {
        Description = "Folder of the baselines. Without it: perf-baselines beside the nearest perf-budgets.json upwards from RUNS or PROJECT, else from here.",
        HelpName = "FOLDER",
    };

    /// <summary>One environment instead of all.</summary>
    public static Option<string?> Environment() => new("--environment")
    {
        Description = "An environment of perf-budgets.json. Without it: every one that has a baseline.",
        HelpName = "NAME",
    };

    /// <summary>The test's name.</summary>
    public static Argument<string> Test() => new("TEST") { Description = "Full name of the test, with its arguments if it has any." };
}
