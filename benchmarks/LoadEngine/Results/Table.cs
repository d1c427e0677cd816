using System.Globalization;
using System.Text;
using LoadEngine.Generators;
using LoadEngine.Options;

namespace LoadEngine.Results;

/// <summary>The figures as Markdown: one table to read, and one with the spread of each figure.</summary>
internal sealed class Table(Figures figures, BenchmarkOptions options, IReadOnlyList<Generator> generators)
{
    private const string None = "–";

    public string Compared()
    {
        var columns = Columns().ToArray();
        if (columns.Length == 0)
        {
            return string.Empty;
        }

        var text = new StringBuilder();
        text.AppendLine($"| | {string.Join(" | ", columns.Select(column => column.Title))} |");
        text.AppendLine($"|---|{string.Concat(columns.Select(_ => "---|"))}");
        foreach (var tool in generators.Select(generator => generator.Name).Append(Scenario.Truth).Where(figures.Has))
        {
            text.AppendLine($"| {tool} | {string.Join(" | ", columns.Select(column => column.Cell(tool)))} |");
        }

        foreach (var generator in generators.Where(generator => generator.Missing is not null))
        {
            text.AppendLine($"| {generator.Name} | not installed: {generator.Missing}{string.Concat(columns.Skip(1).Select(_ => " |"))} |");
        }

        return text.ToString();
    }

    public string Spread()
    {
        var text = new StringBuilder();
        text.AppendLine("| scenario | quantity | tool | median | min | max | n |");
        text.AppendLine("|---|---|---|---|---|---|---|");
        foreach (var (tool, scenario, quantity, values) in figures.All.OrderBy(series => series.Scenario, StringComparer.Ordinal)
            .ThenBy(series => series.Quantity, StringComparer.Ordinal))
        {
            text.AppendLine(
                $"| {scenario} | {quantity} | {tool} | {Number(figures.Median(tool, scenario, quantity))} | {Number(values.Min())} | {Number(values.Max())} | {values.Count} |");
        }

        return text.ToString();
    }

    private static string Number(double? value) => value switch
    {
        null => None,
        { } v when double.IsNaN(v) => None,
        { } v when Math.Abs(v) >= 100 => v.ToString("N0", CultureInfo.InvariantCulture),
        { } v when Math.Abs(v) >= 10 => v.ToString("0.#", CultureInfo.InvariantCulture),
        { } v => v.ToString("0.##", CultureInfo.InvariantCulture),
    };

    private IEnumerable<(string Title, Func<string, string> Cell)> Columns()
    {
        foreach (var part in options.Parts.Distinct())
        {
            switch (part)
            {
                case Part.Closed:
                    foreach (var connections in BenchmarkOptions.Connections)
                    {
                        var scenario = Scenario.Closed(connections);
                        yield return ($"{scenario}: req/s, client CPU µs/req", tool => Join(tool, scenario, ", ", Scenario.Throughput, Scenario.CpuPerRequest));
                    }

                    break;
                case Part.Open:
                    foreach (var rate in options.Rates)
                    {
                        var scenario = Scenario.Open(rate);
                        yield return (
                            $"{scenario}: off the grid p50 / p99 / p99.9 µs",
                            tool => Join(tool, scenario, " / ", Scenario.OffP50, Scenario.OffP99, Scenario.OffP999));
                        yield return ($"arrivals, client cores", tool => figures.Median(tool, scenario, Scenario.Arrivals) is { } share
                            ? $"{share.ToString("0.##", CultureInfo.InvariantCulture)} %, {Number(figures.Median(tool, scenario, Scenario.Cores))}"
                            : None);
                    }

                    break;
                case Part.Overhead:
                    yield return (
                        $"{Scenario.Overhead}: over the server's own p50 / p99 µs",
                        tool => Join(tool, Scenario.Overhead, " / ", Scenario.OverP50, Scenario.OverP99));
                    break;
                case Part.Stall:
                    yield return (
                        $"{Scenario.Stall}: p50 / p99 / max ms",
                        tool => Join(tool, Scenario.Stall, " / ", Scenario.P50, Scenario.P99, Scenario.Max) + ClosedLoopMark(tool));
                    break;
                case Part.Memory:
                    yield return (
                        "peak " + string.Join(" → ", options.MemoryRequests.Select(Scenario.PeakAt)),
                        tool => Join(tool, Scenario.Memory, " → ", [.. options.MemoryRequests.Select(Scenario.PeakAt)]));
                    break;
                case Part.Empty:
                    yield return (
                        $"{Scenario.Empty}: calls/s, ns and bytes a call",
                        tool => Join(tool, Scenario.Empty, ", ", Scenario.CallsPerSecond, Scenario.NanosecondsPerCall, Scenario.BytesPerCall));
                    break;
                case Part.Hog or Part.Soak or Part.Paired:
                    // PerfAssert alone: the targets say all.
                    break;
                default:
                    throw new InvalidOperationException($"No column for {part}.");
            }
        }
    }

    private string ClosedLoopMark(string tool) =>
        generators.FirstOrDefault(generator => generator.Name == tool) is { HasRate: false } && figures.Median(tool, Scenario.Stall, Scenario.P50) is not null
            ? " (closed loop)"
            : "";

    private string Join(string tool, string scenario, string separator, params string[] quantities)
    {
        string[] numbers = [.. quantities.Select(quantity => Number(figures.Median(tool, scenario, quantity)))];
        return numbers.All(number => number == None) ? None : string.Join(separator, numbers);
    }
}
