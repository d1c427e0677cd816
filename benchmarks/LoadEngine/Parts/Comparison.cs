using System.Runtime.InteropServices;
using LoadEngine.Generators;
using LoadEngine.Measuring;
using LoadEngine.Options;
using LoadEngine.Results;

namespace LoadEngine.Parts;

/// <summary>The whole comparison: measures, and prints the tables and what was met and missed.</summary>
internal sealed class Comparison(BenchmarkOptions options)
{
    private static readonly Generator[] Known =
    [
        OwnGenerator.PerfAssert, OwnGenerator.PerfAssertStamped, OwnGenerator.Raw, OwnGenerator.RawByDefault, OwnGenerator.RawShortSlice,
        new Wrk(), new Wrk2(), new Ab(), new H2Load(), new Hey(), new K6(), new Autocannon(), new Locust(), new JMeter(),
        OwnGenerator.ClientFloor, OwnGenerator.Floor,
    ];

    /// <returns>The exit code: 1 when a target was missed or a tool failed.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        Generator[] generators =
        [
            .. Known.Where(generator => options.Tools.Count == 0
                || options.Tools.Any(name => generator.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase))),
        ];
        var figures = new Figures();
        var bench = new Bench(options, generators, figures);
        foreach (var generator in generators.Where(generator => generator.Missing is not null))
        {
            Bench.Say($"{generator.Name} is not installed: {generator.Missing}");
        }

        using var awake = AwakeCores.TryHold();
        foreach (var part in options.Parts.Distinct())
        {
            await RunAsync(part, bench, cancellationToken).ConfigureAwait(false);
        }

        var table = new Table(figures, options, generators);
        Target[] targets = [.. new Targets(figures, options, generators).All()];
        Console.WriteLine($"""

            {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}; server on core {options.ServerCore}, client on core {options.ClientCore}; cores {(awake is not null && AwakeCores.HasDriver ? "kept awake for all tools" : "sleep when idle, the kernel offers nothing else")}; median of {options.Repeats}, tools in turns{(options.Quick ? "; QUICK: not to be quoted" : "")}

            {table.Compared()}
            Spread over the repeats:

            {table.Spread()}
            """);
        foreach (var note in figures.Notes)
        {
            Console.WriteLine($"- {note}");
        }

        Console.WriteLine();
        foreach (var target in targets)
        {
            Console.WriteLine(target);
        }

        return targets.Any(target => target.Holds == false) || bench.Failures > 0 ? 1 : 0;
    }

    private static Task RunAsync(Part part, Bench bench, CancellationToken cancellationToken) => part switch
    {
        Part.Closed => ClosedLoopPart.RunAsync(bench, cancellationToken),
        Part.Paired => PairedPart.RunAsync(bench, cancellationToken),
        Part.Open => OpenLoopPart.RunAsync(bench, cancellationToken),
        Part.Overhead => OverheadPart.RunAsync(bench, cancellationToken),
        Part.Stall => StallPart.RunAsync(bench, cancellationToken),
        Part.Memory => MemoryPart.RunAsync(bench, cancellationToken),
        Part.Empty => EmptyMethodPart.RunAsync(bench, cancellationToken),
        Part.Hog => HogPart.RunAsync(bench, cancellationToken),
        Part.Soak => SoakPart.RunAsync(bench, cancellationToken),
        _ => throw new InvalidOperationException($"There is no part {part}."),
    };
}
