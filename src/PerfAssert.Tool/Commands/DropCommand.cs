using System.CommandLine;

namespace PerfAssert.Tool.Commands;

/// <summary><c>perfgate baseline drop</c>.</summary>
internal static class DropCommand
{
    public static Command Create()
    {
        var test = BaselineCommand.Test();
        var folder = BaselineCommand.Folder();
        var environment = BaselineCommand.Environment();
        var command = new Command("drop", "Deletes the baseline of a test that was deleted, renamed or changed on purpose.") { test, folder, environment };
        command.SetAction(result =>
        {
            var store = Places.Baselines(result.GetValue(folder));
            var (chosen, name) = (result.GetValue(environment), result.GetRequiredValue(test));
            var dropped = store.Environments.Where(known => (chosen is null || known == chosen) && store.Drop(known, name)).ToList();
            foreach (var from in dropped)
            {
                result.InvocationConfiguration.Output.WriteLine($"dropped  {name}, {from}");
            }

            return dropped.Count > 0 ? ExitCode.Ok : ShowCommand.Missing(store, chosen, name, result.InvocationConfiguration.Error);
        });
        return command;
    }
}
