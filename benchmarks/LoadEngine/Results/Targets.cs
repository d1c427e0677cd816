using System.Globalization;
using LoadEngine.Generators;
using LoadEngine.Measuring;
using LoadEngine.Options;

namespace LoadEngine.Results;

/// <summary>What PerfAssert promises of its load engine, held against one run.</summary>
internal sealed class Targets(Figures figures, BenchmarkOptions options, IReadOnlyList<Generator> generators)
{
    // Off the grid by less than this, the floor shows that the machine can do better than the limits.
    private const double QuietFloor = 10;

    private static readonly string PerfAssert = OwnGenerator.PerfAssert.Name;
    private static readonly string Stamped = OwnGenerator.PerfAssertStamped.Name;
    private static readonly string Raw = OwnGenerator.Raw.Name;

    // What PerfAssert is not to be held against: itself, and what never sleeps.
    private static readonly Generator[] Own = [OwnGenerator.PerfAssert, OwnGenerator.PerfAssertStamped, OwnGenerator.ClientFloor, OwnGenerator.Floor];

    public IEnumerable<Target> All() => options.Parts.Distinct().SelectMany(part => part switch
    {
        Part.Closed => BenchmarkOptions.Connections.SelectMany(Closed),
        Part.Paired => BenchmarkOptions.Connections.SelectMany(Paired),
        Part.Open => options.Rates.SelectMany(rate => Open(rate).Select(target => OnValidRuns(target, Scenario.Open(rate)))),
        Part.Overhead => Overhead(),
        Part.Stall => Stall().Select(target => OnValidRuns(target, Scenario.Stall)),
        Part.Memory => Memory(),
        Part.Empty => Empty(),
        Part.Hog => Hog(),
        Part.Soak => Soak(),
        _ => throw new InvalidOperationException($"No target for {part}."),
    });

    private IEnumerable<Target> Closed(int connections)
    {
        var scenario = Scenario.Closed(connections);
        yield return Target.AtLeast($"{scenario}: throughput over the raw loop's", Ratio(scenario, Scenario.Throughput, Raw), 0.95, "");
        yield return Target.AtLeast($"{scenario}: throughput over hey's", Ratio(scenario, Scenario.Throughput, new Hey().Name), 0.9, "");
        yield return Target.AtLeast($"{scenario}: throughput over Locust's", Ratio(scenario, Scenario.Throughput, new Locust().Name), 3, "");
        yield return Target.AtMost($"{scenario}: CPU per request over the raw loop's", Ratio(scenario, Scenario.CpuPerRequest, Raw), 1.05, "");
    }

    private IEnumerable<Target> Paired(int connections)
    {
        var scenario = Scenario.Paired(connections);
        yield return WithInterval(Scenario.ThroughputOverRaw, 0.95, (median, limit) => Target.AtLeast($"{scenario}: throughput over the raw loop's", median, limit, ""));
        yield return WithInterval(Scenario.CpuOverRaw, 1.05, (median, limit) => Target.AtMost($"{scenario}: CPU per request over the raw loop's", median, limit, ""));

        Target WithInterval(string quantity, double limit, Func<double?, double, Target> about)
        {
            var target = about(Median(scenario, quantity), limit);
            var processes = figures.Of(PerfAssert, scenario, quantity);
            if (Percentile.MedianInterval(processes) is not var (low, high))
            {
                return target with { Observed = $"{target.Observed} (processes measured: {processes.Count}, too few for an interval)", Holds = null };
            }

            return target with
            {
                Observed = string.Create(CultureInfo.InvariantCulture, $"{target.Observed} (95 % interval {low:0.###} to {high:0.###}, {processes.Count} processes)"),
                Holds = low <= limit && limit <= high ? null : target.Holds,
            };
        }
    }

    private IEnumerable<Target> Open(int rate)
    {
        var scenario = Scenario.Open(rate);
        var floor = Median(scenario, Scenario.OffP99, OwnGenerator.Floor.Name);
        yield return OnQuietFloor(Target.AtMost($"{scenario}: off the grid at the median", Median(scenario, Scenario.OffP50), 5, "µs"), floor);
        yield return OnQuietFloor(Target.AtMost($"{scenario}: off the grid at p99", Median(scenario, Scenario.OffP99), 50, "µs"), floor);

        var arrivals = figures.All.Where(series => series.Tool == PerfAssert && series.Scenario == scenario && series.Quantity == Scenario.Arrivals)
            .SelectMany(series => series.Values).ToArray();
        yield return new Target(
            $"{scenario}: every arrival asked for, and no other, in every repeat",
            arrivals.Length == 0 ? "not measured" : string.Join(", ", arrivals.Select(share => share.ToString("0.####", CultureInfo.InvariantCulture) + " %")),
            arrivals.Length == 0 ? null : arrivals.All(share => share == 100));

        var best = generators.Where(generator => !Own.Contains(generator))
            .Select(generator => (generator.Name, OffP99: Median(scenario, Scenario.OffP99, generator.Name)))
            .Where(other => other.OffP99 is not null).OrderBy(other => other.OffP99).FirstOrDefault();
        yield return best.OffP99 is { } limit
            ? Target.AtMost($"{scenario}: off the grid at p99, no more than any other tool ({best.Name})", Median(scenario, Scenario.OffP99), limit, "µs")
            : new Target($"{scenario}: off the grid at p99, no more than any other tool", "not measured", null);

        if (rate >= 2000)
        {
            yield return Target.AtMost(
                $"{scenario}: client CPU over the raw nanosleep pacer's, runtime as it comes", Ratio(scenario, Scenario.Cores, OwnGenerator.RawByDefault.Name), 0.7, "");
            yield return Target.AtMost($"{scenario}: client CPU over the raw nanosleep pacer's, same runtime settings", Ratio(scenario, Scenario.Cores, Raw), 0.7, "");
        }
    }

    private IEnumerable<Target> Overhead()
    {
        yield return Over("p50", Scenario.OverP50, 60);
        yield return Over("p99", Scenario.OverP99, 150);
        yield return Service("p50", Scenario.ServiceOverP50, 60);
        yield return Service("p99", Scenario.ServiceOverP99, 150);

        Target Service(string percentile, string quantity, double limit) => OnValidRuns(
            Target.AtMost($"{Stamped}: service time over the server's own {percentile}", Median(Scenario.Overhead, quantity, Stamped), limit, "µs"), Scenario.Overhead, Stamped);

        // How long a sleeping core takes to wake, and how often the machine is taken away, is not the tool's: one in C and two that never sleep show it.
        Target Over(string percentile, string quantity, double limit)
        {
            var target = OnValidRuns(
                Target.AtMost($"{Scenario.Overhead}: over the server's own {percentile}", Median(Scenario.Overhead, quantity), limit, "µs"), Scenario.Overhead);
            return target with { Observed = target.Observed + Beside(OwnGenerator.PerfAssertStamped, "with LoadHandler") + Beside(new Wrk(), "wrk") + Beside(OwnGenerator.ClientFloor, "HttpClient's floor") + Beside(OwnGenerator.Floor, "the floor") };

            string Beside(Generator tool, string name) => Median(Scenario.Overhead, quantity, tool.Name) is { } other
                ? string.Create(CultureInfo.InvariantCulture, $", {name} {other:0} µs")
                : string.Empty;
        }
    }

    private IEnumerable<Target> Stall()
    {
        foreach (var quantity in new[] { Scenario.P50, Scenario.P99, Scenario.Max })
        {
            var target = Target.AtMost($"{Scenario.Stall}: {quantity} off what the schedule says", Off(OwnGenerator.PerfAssert), 2, "%");
            yield return target with
            {
                Observed = target.Observed + Beside(OwnGenerator.PerfAssertStamped, "with LoadHandler") + Beside(OwnGenerator.ClientFloor, "HttpClient's floor") + Beside(OwnGenerator.Floor, "the floor"),
            };

            double? Off(Generator tool) =>
                Median(Scenario.Stall, quantity, tool.Name) / Median(Scenario.Stall, quantity, Scenario.Truth) is { } ratio ? Math.Abs(ratio - 1) * 100 : null;

            string Beside(Generator tool, string name) => Off(tool) is { } other
                ? string.Create(CultureInfo.InvariantCulture, $", {name} {other:0.###} %")
                : string.Empty;
        }
    }

    private IEnumerable<Target> Memory()
    {
        var few = Median(Scenario.Memory, Scenario.PeakAt(options.MemoryRequests[0]));
        var many = Median(Scenario.Memory, Scenario.PeakAt(options.MemoryRequests[^1]));
        yield return Target.AtMost($"{Scenario.Memory}: ten times the requests over one time", many / few, 1.05, "");
        yield return Target.AtMost($"{Scenario.Memory}: in all", many * 1024 * 1024 / 1e6, 120, "MB");
    }

    private IEnumerable<Target> Empty()
    {
        yield return Target.AtLeast($"{Scenario.Empty}: on one core", Median(Scenario.Empty, Scenario.CallsPerSecond) / 1e6, 2, "million calls/s");
        yield return Target.AtMost($"{Scenario.Empty}: a call", Median(Scenario.Empty, Scenario.NanosecondsPerCall) / 1e3, 0.5, "µs");

        // Monitors beside the requests allocate by the second: a twentieth of a byte a call is not the call's.
        yield return Target.AtMost($"{Scenario.Empty}: memory a call", Median(Scenario.Empty, Scenario.BytesPerCall), 0.05, "bytes");
    }

    private IEnumerable<Target> Hog()
    {
        var found = figures.All.Where(series => series.Tool == PerfAssert && series.Scenario == Scenario.Hog && series.Quantity == Scenario.ClientBound)
            .SelectMany(series => series.Values).ToArray();
        yield return new Target(
            $"{Scenario.Hog}: the run is called invalid, and its client is named as why, in every repeat",
            found.Length == 0 ? "not measured" : $"{found.Count(value => value == 1)} of {found.Length}",
            found.Length == 0 ? null : found.All(value => value == 1));
    }

    private IEnumerable<Target> Soak()
    {
        yield return Target.AtMost(
            $"{Scenario.Soak}: most memory after the first tenth over that in it, while it sends",
            Median(Scenario.Soak, Scenario.MemoryLater) / Median(Scenario.Soak, Scenario.MemoryFirst), 1.05, "");
        yield return Target.AtMost($"{Scenario.Soak}: most memory in all", Median(Scenario.Soak, Scenario.MemoryInAll) * 1024 * 1024 / 1e6, 120, "MB");
        yield return Target.AtMost($"{Scenario.Soak}: run file", Median(Scenario.Soak, Scenario.RunFile), 1000, "kB");
        yield return new Target(
            $"{Scenario.Soak}: requests that the server answered and PerfAssert does not count, or the other way round",
            Median(Scenario.Soak, Scenario.Miscounted)?.ToString(CultureInfo.InvariantCulture) ?? "not measured",
            Median(Scenario.Soak, Scenario.Miscounted) is { } miscounted ? miscounted == 0 : null);
    }

    private static Target OnQuietFloor(Target target, double? floor) => floor switch
    {
        null or < QuietFloor => target,
        _ => target with
        {
            Observed = string.Create(CultureInfo.InvariantCulture, $"{target.Observed}, but the floor's own p99 is {floor:0.#} µs"),
            Holds = target.Holds == true ? true : null,
        },
    };

    // A run that is called invalid shows nothing good.
    private Target OnValidRuns(Target target, string scenario, string? tool = null) => figures.IsDoubted(tool ?? PerfAssert, scenario)
        ? target with { Observed = $"{target.Observed}, but a run was called invalid", Holds = target.Holds == true ? null : target.Holds }
        : target;

    private double? Median(string scenario, string quantity, string? tool = null) => figures.Median(tool ?? PerfAssert, scenario, quantity);

    private double? Ratio(string scenario, string quantity, string other) => Median(scenario, quantity) / Median(scenario, quantity, other);
}
