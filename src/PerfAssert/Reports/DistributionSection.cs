using PerfAssert.Runs;

namespace PerfAssert.Reports;

/// <summary>Latency, service time, send lag and the test's own series, all rounds together.</summary>
internal static class DistributionSection
{
    private const int WidestName = 24;

    private static readonly double[] Fractions = [0.5, 0.9, 0.95, 0.99];

    public static void Write(TextPage page, RunFile run)
    {
        var rows = Rows(run).ToList();
        if (rows.TrueForAll(row => row.Distribution.Count == 0))
        {
            page.Heading("Latency: no successful request");
            return;
        }

        page.Heading(run.OpenLoop
            ? "Latency from the intended start of each request (open loop), all rounds together"
            : "Latency from the start of each request (closed loop: a slow server slows the load down), all rounds together");
        var tail = rows.Exists(row => row.Distribution.CanBound(0.999));
        var unproven = rows.Exists(row => row.Distribution.Count > 0 && Fractions.Any(fraction => !row.Distribution.CanBound(fraction)));
        var table = new TextTable(indent: 2, WidestName, rightAligned: true);
        table.Add(["", "n", "mean", "p50", "p90", "p95", "p99", .. tail ? ["p99.9"] : Array.Empty<string>(), "max"]);
        foreach (var (name, variant, distribution) in rows)
        {
            table.Add(
            [
                Shortened(name, WidestName - variant.Length) + variant,
                Figures.Count(distribution.Count),
                Figures.Nanoseconds(distribution.Mean),
                .. Fractions.Select(fraction => Quantile(distribution, fraction)),
                .. tail ? [distribution.CanBound(0.999) ? Figures.Nanoseconds(distribution.Quantile(0.999)) : Figures.None] : Array.Empty<string>(),
                Figures.Nanoseconds(distribution.Max),
            ]);
        }

        table.WriteTo(page);
        if (rows.Exists(row => row.Distribution.Beyond > 0))
        {
            page.Line(
                $"timed out: slower than the request timeout of {Figures.Milliseconds(run.Plan.Load.RequestTimeoutMs)}, nobody knows by how much",
                indent: 2);
        }

        if (unproven)
        {
            page.Line("? of this sample only: it is too small to bound this percentile from above", indent: 2);
        }
    }

    private static string Quantile(Distribution distribution, double fraction) =>
        distribution.Count == 0 || distribution.CanBound(fraction)
            ? Figures.Nanoseconds(distribution.Quantile(fraction))
            : Figures.Nanoseconds(distribution.Quantile(fraction)) + "?";

    private static string Shortened(string name, int most) => name.Length <= most ? name : name[..(most - 1)] + "…";

    private static IEnumerable<(string Name, string Variant, Distribution Distribution)> Rows(RunFile run)
    {
        var variants = run.Rounds.GroupBy(round => round.Variant).OrderBy(group => group.Key).ToList();
        foreach (var group in variants)
        {
            var suffix = variants.Count == 1 ? string.Empty : group.Key == Variant.Candidate ? ", candidate" : ", reference";
            yield return ("latency", suffix, Distribution.Of(group.Select(round => round.Latency)));
            yield return ("service time", suffix, Distribution.Of(group.Select(round => round.ServiceTime)));
            if (run.OpenLoop)
            {
                yield return ("send lag", suffix, Distribution.Of(group.Select(round => round.SendLag)));
            }

            foreach (var name in group.SelectMany(round => round.Series.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            {
                yield return (name, suffix, Distribution.Of(group.Where(round => round.Series.ContainsKey(name)).Select(round => round.Series[name])));
            }
        }
    }
}
