using System.CommandLine;
using LoadEngine.Parts;

namespace LoadEngine.Options;

/// <summary>The command line.</summary>
internal static class BenchmarkCommand
{
    private static readonly Option<int> Repeats = new("--repeats")
    {
        Description = "Times each measurement is made; the table has the median. Tools take turns.",
        DefaultValueFactory = _ => 5,
    };

    private static readonly Option<bool> Quick = new("--quick") { Description = "Once, and short: some minutes, to see that it runs." };

    // The soak measures one tool for ten minutes: only where it is asked for.
    private static readonly Part[] Usual = [.. Enum.GetValues<Part>().Where(part => part != Part.Soak)];

    private static readonly Option<string> Only = new("--only")
    {
        Description = $"Parts to run, separated by commas: {Names(Enum.GetValues<Part>())}; without it, all but the soak.",
        DefaultValueFactory = _ => Names(Usual),
    };

    private static readonly Option<double> SoakMinutes = new("--soak-minutes") { Description = "How long the soak goes on.", DefaultValueFactory = _ => 10 };

    private static readonly Option<string> Tools = new("--tools")
    {
        Description = "Generators to run, separated by commas, by the start of their names; without it, all that are installed.",
        DefaultValueFactory = _ => "",
    };

    private static readonly Option<int> ServerCore = new("--server-core") { Description = "The server's core.", DefaultValueFactory = _ => 1 };

    private static readonly Option<int> ClientCore = new("--client-core") { Description = "The generators' core.", DefaultValueFactory = _ => 0 };

    static BenchmarkCommand()
    {
        Repeats.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
            {
                result.AddError("--repeats must be 1 or more.");
            }
        });
        SoakMinutes.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (>= 0.1 and <= 24 * 60))
            {
                result.AddError("--soak-minutes must be 0.1 to 1440.");
            }
        });
        Only.Validators.Add(result =>
        {
            foreach (var name in Split(result.GetValueOrDefault<string>()).Where(name => !Enum.TryParse<Part>(name, ignoreCase: true, out _)))
            {
                result.AddError($"--only has no part '{name}': {Names(Enum.GetValues<Part>())}.");
            }
        });
    }

    public static Task<int> InvokeAsync(string[] args)
    {
        var root = new RootCommand("PerfAssert's load engine beside other load generators, on one server that answers by a script.")
        {
            Repeats, Quick, Only, Tools, SoakMinutes, ServerCore, ClientCore,
        };
        root.SetAction((result, cancellationToken) => new Comparison(new BenchmarkOptions
        {
            Repeats = result.GetValue(Quick) && result.GetResult(Repeats) is not { Implicit: false } ? 1 : result.GetValue(Repeats),
            Quick = result.GetValue(Quick),
            Parts = [.. Split(result.GetValue(Only)).Select(name => Enum.Parse<Part>(name, ignoreCase: true))],
            Tools = [.. Split(result.GetValue(Tools))],
            SoakMinutes = result.GetValue(SoakMinutes),
            ServerCore = result.GetValue(ServerCore),
            ClientCore = result.GetValue(ClientCore),
        }).RunAsync(cancellationToken));
        return root.Parse(args).InvokeAsync();
    }

    private static string[] Split(string? list) =>
        (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Names(Part[] parts) => string.Join(',', parts.Select(part => part.ToString().ToLowerInvariant()));
}
