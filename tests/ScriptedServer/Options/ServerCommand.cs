using System.CommandLine;
using System.CommandLine.Invocation;
using System.Globalization;
using Scripted.Script;

namespace Scripted.Options;

/// <summary>The command line: its options, their ranges and their help.</summary>
internal static class ServerCommand
{
    private static readonly Option<int> Port = Number("--port", 0, 0, 65535, "Port on 127.0.0.1; 0 picks a free one.");

    private static readonly Option<ServiceTimes> Service = Text<ServiceTimes>(
        "--service",
        new NoServiceTime(),
        $"How long an answer takes: {ServiceTimesText.Expected}.",
        ServiceTimesText.Expected,
        ServiceTimesText.TryParse);

    private static readonly Option<int> Seed = Number("--seed", 1, int.MinValue, int.MaxValue, "Decides the random service times.");

    private static readonly Option<StallTimes?> Stall = Text<StallTimes?>(
        "--stall",
        null,
        $"When the whole server neither reads nor answers: {StallTimes.Expected}.",
        StallTimes.Expected,
        StallTimes.TryParse);

    private static readonly Option<int> Capacity = Number(
        "--capacity", 2_000_000, 1, 100_000_000, "Requests the log holds, 16 bytes each; further ones are counted only.");

    private static readonly Option<int> MaxConnections = Number(
        "--max-connections", int.MaxValue, 1, int.MaxValue, "Connections open at once; further ones are closed as soon as they are made.");

    private static readonly Option<bool> Spin = new("--spin")
    {
        Description = "Never sleep: a core that sleeps takes tens of microseconds to wake, and arrivals are stamped that late. Needs a core of its own.",
    };

    private static readonly Option<bool> ExitWithInput = new("--exit-with-stdin")
    {
        Description = "End when standard input closes. Start the server with a pipe as standard input: it closes when you die.",
    };

    /// <summary>Parses the arguments and runs the server, or prints help or what is wrong.</summary>
    public static int Invoke(string[] args, Func<ServerOptions, int> run)
    {
        var root = new RootCommand("An HTTP/1.1 server on loopback that answers by a script and logs what it did: the truth for load generators.")
        {
            Port, Service, Seed, Stall, Capacity, MaxConnections, Spin, ExitWithInput,
        };
        root.SetAction(result => run(new ServerOptions
        {
            Port = result.GetValue(Port),
            Service = result.GetRequiredValue(Service),
            Seed = result.GetValue(Seed),
            Stall = result.GetValue(Stall),
            Capacity = result.GetValue(Capacity),
            MaxConnections = result.GetValue(MaxConnections),
            Spin = result.GetValue(Spin),
            ExitWithInput = result.GetValue(ExitWithInput),
        }));

        var parsed = root.Parse(args);
        if (parsed.Action is ParseErrorAction errors)
        {
            errors.ShowHelp = false;
        }

        // The server has its own answer to signals.
        return parsed.Invoke(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }

    private static Option<int> Number(string name, int preset, int lowest, int highest, string description) => Text(
        name,
        preset,
        description,
        string.Create(CultureInfo.InvariantCulture, $"a whole number from {lowest} to {highest}"),
        (string text, out int value) =>
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && value >= lowest && value <= highest);

    private static Option<T> Text<T>(string name, T preset, string description, string expected, TryParse<T> tryParse) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => preset,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (!tryParse(text, out var value))
            {
                result.AddError($"{name} must be {expected}, got '{text}'.");
            }

            return value;
        },
    };

    private delegate bool TryParse<T>(string text, out T value);
}
