using FluentAssertions;
using HdrHistogram;
using PerfAssert.Runs;
using Xunit;

namespace PerfAssert.Tests.Runs;

public sealed class RunFileRoundTripTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_is_written_is_what_is_read()
    {
        var run = Build(5) with
        {
            Verdicts = [.. Build(1).Verdicts, RunFiles.Verdict("p95 < reference + 10 %") with { Change = RunFiles.Change }],
            Errors = [new RunError("Fail", "half a \ud83d\ude00, \"quoted\" <p99>, µs", 3, 1, 12.25, "line\nline")],
        };

        var read = RunFileReader.Read(RunFileWriter.Write(folder.Path, run));

        read.Should().BeEquivalentTo(run, options => options
            .ComparingRecordsByMembers()
            .WithStrictOrdering()
            .Using<HistogramBase>(context => Counts(context.Subject).Should().Equal(Counts(context.Expectation)))
            .WhenTypeIs<HistogramBase>());
        read.Verdicts[0].Observed.Should().Be(double.PositiveInfinity);
    }

    [Fact]
    public void A_file_from_before_comparisons_is_read()
    {
        var path = RunFileWriter.Write(folder.Path, Build(1));
        File.WriteAllText(path, System.Text.RegularExpressions.Regex.Replace(File.ReadAllText(path), """,\s*"change": null""", ""));

        File.ReadAllText(path).Should().NotContain("\"change\"");
        RunFileReader.Read(path).Verdicts.Should().ContainSingle().Which.Change.Should().BeNull();
    }

    [Fact]
    public void An_empty_histogram_survives() =>
        HistogramCode.FromText(HistogramCode.ToText(new LongHistogram(1, 2_000_000, 3))).TotalCount.Should().Be(0);

    [Fact]
    public void Five_rounds_of_the_widest_histograms_weigh_less_than_a_megabyte()
    {
        var path = RunFileWriter.Write(folder.Path, Build(5));

        new FileInfo(path).Length.Should().BeInRange(10_000, 1_000_000);
    }

    [Fact]
    public void The_file_says_what_it_is_in_words_people_and_tools_read()
    {
        var text = File.ReadAllText(RunFileWriter.Write(folder.Path, RunFiles.Passing with { Verdicts = [RunFiles.Passing.Verdicts[0] with { Observed = double.PositiveInfinity }] }));

        text.Should().StartWith("{\n  \"schema\": \"perfassert.run/1\",")
            .And.Contain("\"outcome\": \"passed\"")
            .And.Contain("\"arrivals\": \"poisson\"")
            .And.Contain("\"budget\": \"p50 < 20 ms\"")
            .And.Contain("\"observed\": \"Infinity\"")
            .And.Contain("\"verdict\": \"met\"")
            .And.Contain("\"completionsPerSlice\": [19,21,20,0,40]")
            .And.Contain("\"histogram\": \"HIST")
            .And.EndWith("}\n");
    }

    private static RunFile Build(int rounds) => RunFileBuilder.Build(
        Recorded.Plan,
        Recorded.Measurement([.. Enumerable.Range(0, rounds).Select(index => Recorded.Round(index))]),
        Recorded.Broken,
        RunFiles.Fingerprint,
        RunFiles.Passing.StartedAt,
        TimeSpan.FromSeconds(33));

    private static IEnumerable<(long Value, long Count)> Counts(HistogramBase histogram) =>
        histogram.RecordedValues().Select(step => (step.ValueIteratedTo, step.CountAtValueIteratedTo));
}
