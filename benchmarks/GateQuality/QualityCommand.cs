using System.CommandLine;
using GateQuality.Histories;
using GateQuality.Parts;
using GateQuality.Simulation;

namespace GateQuality;

/// <summary>The command line.</summary>
internal static class QualityCommand
{
    private static readonly Option<string> Only = new("--only")
    {
        Description = $"Parts to run, separated by commas: {Names(Enum.GetValues<Part>())}.",
        DefaultValueFactory = _ => Names(Enum.GetValues<Part>()),
    };

    private static readonly Option<int> Tests = new("--tests")
    {
        Description = "Simulated tests of each change. 0.1 % of 3 x 20,000 checks are 60.",
        DefaultValueFactory = _ => 20_000,
    };

    private static readonly Option<string> Shapes = new("--shapes")
    {
        Description = $"What simulated latencies are like, separated by commas: {string.Join(',', Shape.All.Select(shape => shape.Name))}.",
        DefaultValueFactory = _ => Shape.All[0].Name,
    };

    private static readonly Option<int> Seed = new("--seed") { Description = "Of the simulation.", DefaultValueFactory = _ => 1 };

    private static readonly Option<int> Runs = new("--runs") { Description = "Runs of the unchanged endpoint.", DefaultValueFactory = _ => 100 };

    private static readonly Option<int> SlowRuns = new("--slow-runs") { Description = "Runs of the endpoint with each injected delay.", DefaultValueFactory = _ => 10 };

    private static readonly Option<string> Load = new("--load")
    {
        Description = "The endpoint's load, divided over 8 rounds of each version. With 4,000 requests or more, p99 is gated as well.",
        DefaultValueFactory = _ => "1000 requests by 4 users",
    };

    private static readonly Option<string?> Histories = new("--histories") { Description = "A folder of histories, laid out as the README says. None comes with this program." };

    public static Task<int> InvokeAsync(string[] args)
    {
        var root = new RootCommand("How often PerfAssert is wrong and what it finds, beside the rules of other tools. Exit code 1: a target was missed; 2: wrong input.")
        {
            Only, Tests, Shapes, Seed, Runs, SlowRuns, Load, Histories,
        };
        AcceptOnly(Only, Enum.GetNames<Part>());
        AcceptOnly(Shapes, [.. Shape.All.Select(shape => shape.Name)]);
        root.SetAction(async result =>
        {
            var reached = true;
            foreach (var part in Named(result.GetRequiredValue(Only)).Select(Enum.Parse<Part>))
            {
                try
                {
                    reached &= await RunAsync(part, result).ConfigureAwait(false);
                }
                catch (HistoryFormatException exception)
                {
                    await Console.Error.WriteLineAsync(exception.Message).ConfigureAwait(false);
                    return 2;
                }
            }

            return reached ? 0 : 1;
        });
        return root.Parse(args).InvokeAsync();
    }

    private static async Task<bool> RunAsync(Part part, ParseResult result)
    {
        switch (part)
        {
            case Part.Simulated:
                return Named(result.GetRequiredValue(Shapes)).Select(name => new SimulatedPart(Shape.All.Single(shape => shape.Name == name), result.GetValue(Tests), result.GetValue(Seed)).Run()).ToList().TrueForAll(reached => reached);
            case Part.Endpoint:
                using (var endpoint = new EndpointPart(result.GetValue(Runs), result.GetValue(SlowRuns), result.GetRequiredValue(Load)))
                {
                    return await endpoint.RunAsync().ConfigureAwait(false);
                }

            case Part.Histories when result.GetValue(Histories) is { } folder:
                return new HistoriesPart(folder).Run();
            case Part.Histories:
                Console.WriteLine("## Histories: not run, because --histories names no folder");
                Console.WriteLine();
                return true;
            default:
                return SpeedPart.Run();
        }
    }

    private static void AcceptOnly(Option<string> option, string[] names) => option.Validators.Add(result =>
    {
        foreach (var name in Named(string.Join(',', result.Tokens.Select(token => token.Value))).Except(names))
        {
            result.AddError($"{option.Name}: found '{name}', expected {string.Join(", ", names)}");
        }
    });

    private static string[] Named(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Names(Part[] parts) => string.Join(',', parts);
}
