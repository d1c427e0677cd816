using PerfAssert.Expressions;

namespace PerfAssert.Measurements;

/// <summary>Metric names: <c>p99</c>, <c>ttft.p95</c>, <c>output tokens/s</c>, <c>$/1k req</c>, <c>gpu.util.max</c>, <c>embed.mean</c>.</summary>
internal static class MetricParser
{
    private const string StatisticExample = "a statistic (p99, mean or max)";

    /// <summary>Parses a whole text as a metric.</summary>
    /// <exception cref="PerfExpressionException">It is not one.</exception>
    public static Metric Parse(string? text)
    {
        var scanner = new ExpressionScanner(text);
        var metric = Read(scanner);
        scanner.ReadEnd();
        return metric;
    }

    /// <summary>Reads a metric.</summary>
    public static Metric Read(ExpressionScanner scanner)
    {
        if (scanner.TryRead("$"))
        {
            return ReadCost(scanner);
        }

        if (scanner.TryRead("req/s"))
        {
            return MetricCatalog.Totals["rps"];
        }

        if (TryReadStatistic(scanner) is var (statistic, percentile))
        {
            return MetricCatalog.Duration(MetricFamily.Latency, "", statistic, percentile);
        }

        var column = scanner.Column;
        return scanner.PeekName().Length > 0
            ? ReadNamed(scanner, scanner.ReadName(), column)
            : throw scanner.Unexpected("a metric such as p99, errors or rps");
    }

    private static Metric ReadCost(ExpressionScanner scanner)
    {
        scanner.Read("/");
        if (scanner.TryRead("1k"))
        {
            return scanner.TryRead("req") || scanner.TryRead("requests")
                ? MetricCatalog.CostPerThousandRequests
                : throw scanner.Unexpected("req");
        }

        if (scanner.TryRead("1M"))
        {
            scanner.Read("tokens");
            return MetricCatalog.CostPerMillionTokens;
        }

        throw scanner.Unexpected("1k req", "1M tokens");
    }

    private static Metric ReadNamed(ExpressionScanner scanner, string name, int column)
    {
        if (MetricCatalog.Totals.TryGetValue(name, out var total))
        {
            return total;
        }

        switch (name.ToUpperInvariant())
        {
            case "OUTPUT":
                return ReadTokens(scanner, MetricCatalog.OutputTokens);
            case "INPUT":
                return ReadTokens(scanner, MetricCatalog.InputTokens);
            case "GPU" or "SERVER":
                return ReadTelemetry(scanner, name, column);
        }

        return MetricCatalog.Durations.TryGetValue(name, out var family)
            ? ReadDuration(scanner, family, "")
            : ReadRecorded(scanner, name, column);
    }

    private static Metric ReadTokens(ExpressionScanner scanner, Metric metric)
    {
        scanner.Read("tokens");
        scanner.Read("/");
        scanner.Read("s");
        return metric;
    }

    private static Metric ReadTelemetry(ExpressionScanner scanner, string source, int column)
    {
        var name = source + (scanner.TryReadAdjacent('.') ? "." + scanner.ReadName() : "");
        if (!MetricCatalog.Telemetry.TryGetValue(name, out var metric))
        {
            var known = MetricCatalog.Telemetry.Keys.Where(key => key.StartsWith(source + ".", StringComparison.OrdinalIgnoreCase)).ToList();
            throw scanner.Error(column, $"unknown metric '{name}', expected {Suggestion.List(known)}{Suggestion.For(name, known)}");
        }

        if (!scanner.TryReadAdjacent('.'))
        {
            return metric;
        }

        var (statistic, percentile) = ReadStatistic(scanner);
        return metric with { Statistic = statistic, Percentile = percentile };
    }

    private static Metric ReadRecorded(ExpressionScanner scanner, string name, int column)
    {
        if (!scanner.TryReadAdjacent('.'))
        {
            throw scanner.Error(
                column,
                $"unknown metric '{name}', expected {string.Join(", ", MetricCatalog.Examples)}, " +
                $"or {name}.p99 for a duration recorded by the test{Suggestion.For(name, MetricCatalog.Examples)}");
        }

        return SeriesName.IsLegal(name)
            ? ReadDuration(scanner, MetricFamily.Recorded, name, afterPoint: true)
            : throw scanner.Error(column, SeriesName.Problem(name).TrimEnd('.'));
    }

    private static Metric ReadDuration(ExpressionScanner scanner, MetricFamily family, string series, bool afterPoint = false)
    {
        if (!afterPoint && !scanner.TryReadAdjacent('.'))
        {
            throw scanner.Unexpected("'.' and " + StatisticExample);
        }

        var (statistic, percentile) = ReadStatistic(scanner);
        return MetricCatalog.Duration(family, series, statistic, percentile);
    }

    private static (Statistic Statistic, decimal Percentile) ReadStatistic(ExpressionScanner scanner) =>
        TryReadStatistic(scanner) ?? throw scanner.Unexpected(StatisticExample);

    private static (Statistic Statistic, decimal Percentile)? TryReadStatistic(ExpressionScanner scanner)
    {
        var name = scanner.PeekName();
        if (name.Length > 1 && (name[0] is 'p' or 'P') && name.Skip(1).All(c => c is >= '0' and <= '9'))
        {
            return (Statistic.Percentile, ReadPercentile(scanner));
        }

        Statistic? named = name.ToUpperInvariant() switch
        {
            "MEAN" or "AVG" => Statistic.Mean,
            "MAX" => Statistic.Max,
            _ => null,
        };
        if (named is not { } statistic)
        {
            return null;
        }

        scanner.ReadName();
        return (statistic, 0);
    }

    private static decimal ReadPercentile(ExpressionScanner scanner)
    {
        var column = scanner.Column;
        scanner.Skip();
        var percentile = scanner.ReadNumber("a percentile");
        return percentile is > 0 and < 100
            ? percentile
            : throw scanner.Error(column, $"found percentile {Units.Format(percentile, "")}, expected one above 0 and below 100; the largest value is max");
    }
}
