using System.Text.Json.Nodes;
using FluentAssertions;
using HdrHistogram;
using PerfAssert.Load;
using PerfAssert.Measurements;
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
    public void What_requests_were_made_of_is_read_back()
    {
        var read = RunFileReader.Read(RunFileWriter.Write(folder.Path, Build(2)));

        read.Payloads!.Value.Should().Equal(
            new RunPayload("prompts", new string('0', 64), 1_000, new TokenSummary(3, 12.5, 40, 2, 1)), new RunPayload("x", new string('f', 64), 1));
        (read.MeanInputTokens, read.MeanOutputTokens).Should().Be((10 / 5_000d, 11 / 5_000d));
        read.Rounds[0].Streams.Should().Be(new RunStreams(40, 2, 1.5, 4, 7.5, 8.5, 5));
    }

    [Fact]
    public void A_file_from_before_these_keys_is_read()
    {
        var path = RunFileWriter.Write(folder.Path, RunFiles.Passing);
        var old = JsonNode.Parse(File.ReadAllText(path))!;
        string[] keys = ["payloads", "meanInputTokens", "meanOutputTokens"];
        keys.Should().OnlyContain(key => old.AsObject().Remove(key));
        old["plan"]!["load"]!.AsObject().Remove("traces").Should().BeTrue();
        old["rounds"]![0]!.AsObject().Remove("streams").Should().BeTrue();
        File.WriteAllText(path, old.ToJsonString());

        var read = RunFileReader.Read(path);

        (read.Payloads, read.MeanInputTokens, read.Plan.Load.Traces, read.Rounds[0].Streams).Should().Be((null, null, null, null));
        read.Rounds[0].Succeeded.Should().Be(6_000);
    }

    [Fact]
    public void Streams_that_hung_before_their_first_token_are_read_back()
    {
        var run = Build(Recorded.Round(0) with { TimedOutWithoutToken = 15 }, Recorded.Round(1) with { Series = Recorded.Round(1).Series.Clear(), TimedOutWithoutToken = 20 });

        var read = RunFileReader.Read(RunFileWriter.Write(folder.Path, run));

        read.Rounds.Select(round => round.Series["ttft"].Beyond).Should().Equal(15, 20);
        read.Rounds[0].Series["itl"].Beyond.Should().Be(0);
        read.Rounds.Select(RoundBuilder.Restore).Select(round => round.TimedOutWithoutToken).Should().Equal(15, 20);
    }

    [Fact]
    public void A_test_that_marks_no_token_has_no_first_one_in_its_file() =>
        Build(Recorded.Round(0) with { Series = Recorded.Round(0).Series.Remove("ttft"), TimedOutWithoutToken = 20 }).Rounds[0].Series.Should().NotContainKey("ttft");

    [Fact]
    public void A_trace_is_read_back_with_its_hash()
    {
        var arrivals = new ArrivalTrace();
        arrivals.Add(0);
        arrivals.Add(500_000_000);
        var load = new LoadExpression([new LoadPhase.Trace("azure.csv", 2) { Recorded = arrivals }]);
        var run = RunFileBuilder.Build(
            Recorded.Plan with { Load = Recorded.Plan.Load with { Expression = load } },
            Recorded.Measurement(Recorded.Round(0)), Recorded.Broken, RunFiles.Fingerprint, RunFiles.Passing.StartedAt, TimeSpan.FromSeconds(33));

        var read = RunFileReader.Read(RunFileWriter.Write(folder.Path, run));

        read.Plan.Load.Expression.Should().Be("trace azure.csv at 2x");
        read.Plan.Load.Traces!.Value.Should().Equal(new RunTrace("azure.csv", 2, 2, 500, arrivals.Sha256));
    }

    [Theory]
    [InlineData(nameof(RunEarlyEnd.Decided), "decided", 0)]
    [InlineData(nameof(RunEarlyEnd.MaxDuration), "maxDuration", 1)]
    public void Why_a_load_ended_is_a_word_and_its_former_number_is_read(string ended, string word, int number)
    {
        var path = RunFileWriter.Write(folder.Path, RunFiles.Passing with { Ended = Enum.Parse<RunEarlyEnd>(ended) });
        var text = File.ReadAllText(path);

        text.Should().Contain($"\"ended\": \"{word}\"");
        RunFileReader.Read(path).Ended.Should().Be(Enum.Parse<RunEarlyEnd>(ended));
        File.WriteAllText(path, text.Replace($"\"ended\": \"{word}\"", $"\"ended\": {number}", StringComparison.Ordinal));
        RunFileReader.Read(path).Ended.Should().Be(Enum.Parse<RunEarlyEnd>(ended));
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

    private static RunFile Build(int rounds) => Build([.. Enumerable.Range(0, rounds).Select(index => Recorded.Round(index))]);

    private static RunFile Build(params Round[] rounds) => RunFileBuilder.Build(
        Recorded.Plan,
        Recorded.Measurement(rounds),
        Recorded.Broken,
        RunFiles.Fingerprint,
        RunFiles.Passing.StartedAt,
        TimeSpan.FromSeconds(33));

    private static IEnumerable<(long Value, long Count)> Counts(HistogramBase histogram) =>
        histogram.RecordedValues().Select(step => (step.ValueIteratedTo, step.CountAtValueIteratedTo));
}
