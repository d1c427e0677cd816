using System.CommandLine;
using GateQuality.Parts;

namespace GateQuality;

/// <summary>The command line.</summary>
internal static class QualityCommand
{
    private static readonly Option<string> Only = new("--only")
    {
        Description = $"Parts to run, separated by commas: {Names(Enum.GetValues<Part>())}.",
        DefaultValueFactory = _ => Names(Enum.GetValues<Part>()),
    };

    private static readonly Option<int> Unchanged = new("--unchanged")
    {
        Description = "Simulated tests of unchanged code. 0.1 % of 3 x 20,000 checks are 60.",
        DefaultValueFactory = _ => 20_000,
    };

    private static readonly Option<int> Changed = new("--changed") { Description = "Simulated tests of each change.", DefaultValueFactory = _ => 2_000 };

    private static readonly Option<int> Seed = new("--seed") { Description = "Of the simulation.", DefaultValueFactory = _ => 1 };

    private static readonly Option<int> Runs = new("--runs") { Description = "Runs of the unchanged endpoint.", DefaultValueFactory = _ => 100 };

    private static readonly Option<int> SlowRuns = new("--slow-runs") { Description = "Runs of the endpoint with each injected delay.", DefaultValueFactory = _ => 10 };

    private static readonly Option<string> Load = new("--load")
    {
        Description = "The endpoint's load, divided over 8 rounds of each version. With 4,000 requests or more, p99 is gated as well.",
        DefaultValueFactory = _ => "1000 requests by 4 users",
    };

    public static Task<int> InvokeAsync(string[] args)
    {
        var root = new RootCommand("How often PerfAssert's rule for references is wrong and what it finds, beside the rules of other tools.")
        {
            Only, Unchanged, Changed, Seed, Runs, SlowRuns, Load,
        };
        root.SetAction(async result =>
        {
            foreach (var part in result.GetRequiredValue(Only).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Enum.Parse<Part>))
            {
                switch (part)
                {
                    case Part.Simulated:
                        new SimulatedPart(result.GetValue(Unchanged), result.GetValue(Changed), result.GetValue(Seed)).Run();
                        break;
                    case Part.Endpoint:
                        using (var endpoint = new EndpointPart(result.GetValue(Runs), result.GetValue(SlowRuns), result.GetRequiredValue(Load)))
                        {
                            await endpoint.RunAsync().ConfigureAwait(false);
                        }

                        break;
                    default:
                        SpeedPart.Run();
                        break;
                }
            }

            return 0;
        });
        return root.Parse(args).InvokeAsync();
    }

    private static string Names(Part[] parts) => string.Join(',', parts);
}
