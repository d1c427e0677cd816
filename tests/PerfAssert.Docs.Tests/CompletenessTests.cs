using System.Text.Json;
using System.Text.RegularExpressions;
using FluentAssertions;
using PerfAssert.Docs.Tests.Documents;
using PerfAssert.Judging;
using PerfAssert.Measurements;
using PerfAssert.Runs;
using PerfAssert.Statistics;
using Xunit;

namespace PerfAssert.Docs.Tests;

/// <summary>What a page promises to list, it lists: a new key, metric or option is documented or the build is red.</summary>
public sealed partial class CompletenessTests
{
    [Fact]
    public void The_page_on_perf_budgets_json_names_every_key()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("build/perf-budgets.schema.json")));

        Named("docs/perf-budgets-json.md").Should().Contain(Properties(schema.RootElement).Distinct());
    }

    [Fact]
    public void The_page_on_budgets_names_every_metric() =>
        Named("docs/budgets.md").Should().Contain(
        [
            .. MetricCatalog.Totals.Keys,
            .. MetricCatalog.Telemetry.Keys,
            .. MetricCatalog.Durations.Keys.Select(name => name + ".p99"),
            .. MetricCatalog.Examples.Where(name => !name.Contains('.', StringComparison.Ordinal)),
        ]);

    [Fact]
    public void The_page_on_loads_names_every_option() =>
        Named("docs/load.md").Should().Contain(typeof(LoadAttribute).GetProperties().Where(property => property.CanWrite).Select(property => property.Name));

    [Fact]
    public void The_page_on_verdicts_names_every_verdict() =>
        Named("docs/verdicts.md").Should().Contain(Enum.GetNames<Verdict>());

    [Fact]
    public void The_page_on_run_files_names_the_schema_and_every_key() =>
        Named("docs/run-files.md").Should().Contain(
        [
            RunFile.CurrentSchema,
            .. RunFileFormat.RunFile.Properties.Select(key => key.Name).Where(name => name != "machine"),
            .. RunFileFormat.RunFile.Options.GetTypeInfo(typeof(RunRound)).Properties.Select(key => key.Name),
            .. RunFileFormat.RunFile.Options.GetTypeInfo(typeof(RunVerdict)).Properties.Select(key => key.Name),
        ]);

    [Fact]
    public void Only_environment_variables_that_are_read_are_named()
    {
        var read = Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(path => Variable().Matches(File.ReadAllText(path))).Select(match => match.Value).ToHashSet();

        Repository.Documents.SelectMany(document => Variable().Matches(document.Text)).Select(match => match.Value).Should().BeSubsetOf(read);
    }

    /// <summary>Rows such as <c>| p90 | 39 | … |</c>: the fewest requests that prove it when 0, 1, 2 and 3 of them are over the limit.</summary>
    [Fact]
    public void The_table_of_minimum_counts_is_what_the_judge_computes()
    {
        var rows = MinimumCounts().Matches(Repository.Document("docs/verdicts.md").Text);

        rows.Should().HaveCountGreaterThan(4);
        rows.Select(row => row.Groups["n"].Captures.Select(n => long.Parse(n.Value.Replace(",", ""), System.Globalization.CultureInfo.InvariantCulture)).ToArray())
            .Should().BeEquivalentTo(
                rows.Select(row => Computed(double.Parse(row.Groups["p"].Value, System.Globalization.CultureInfo.InvariantCulture))),
                options => options.WithStrictOrdering());
    }

    private static long[] Computed(double percentile)
    {
        var level = Level.Whole(0.95, Judge.DefaultLooks).PerLook;
        var allowed = (double)(1 - ((decimal)percentile / 100m));
        return [.. Enumerable.Range(0, 4).Select(over => ExceedanceTest.MinimumCount(allowed, level, over))];
    }

    private static HashSet<string> Named(string file)
    {
        var document = Repository.Document(file);
        return [.. document.InlineCode.Select(code => code.Text), .. document.InlineCode.SelectMany(code => Word().Matches(code.Text)).Select(word => word.Value)];
    }

    private static IEnumerable<string> Properties(JsonElement schema) => schema.ValueKind switch
    {
        JsonValueKind.Object => schema.EnumerateObject().SelectMany(key => key.Name == "properties" && key.Value.ValueKind == JsonValueKind.Object
            ? key.Value.EnumerateObject().SelectMany(inner => Properties(inner.Value).Prepend(inner.Name))
            : Properties(key.Value)),
        JsonValueKind.Array => schema.EnumerateArray().SelectMany(Properties),
        _ => [],
    };

    [GeneratedRegex("PERFASSERT_[A-Z]+")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^\| p(?<p>[\d.]+) \|(?: (?<n>[\d,]+) \|){4}", RegexOptions.Multiline)]
    private static partial Regex MinimumCounts();

    [GeneratedRegex(@"[\w.$]+")]
    private static partial Regex Word();
}
