using FluentAssertions;
using PerfAssert.Runs;
using Xunit;

namespace PerfAssert.Tests.Runs;

public sealed class RunFileReaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(0.01)]
    [InlineData(0.5)]
    [InlineData(0.999)]
    public void A_file_that_is_cut_off_is_damaged(double kept) =>
        Reading(text => text[..(int)(text.Length * kept)]).WithMessage("The run file '*.json' is cut off or damaged: *Delete it or run the test again.");

    [Fact]
    public void What_is_no_json_is_damaged() => Reading(_ => "hello").WithMessage("The run file '*' is cut off or damaged: *");

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{ \"schema\": null }")]
    [InlineData("{ \"schema\": \"https://json-schema.org/draft\" }")]
    public void Other_json_is_no_run_file(string text) => Reading(_ => text).WithMessage("'*.json' is JSON, but not a run file*");

    [Fact]
    public void Another_schema_is_named_with_the_version_that_wrote_it() =>
        Reading(_ => """{ "schema": "perfassert.run/2", "libraryVersion": "9.1.0", "rounds": 5 }""")
            .WithMessage("*has schema perfassert.run/2, written by PerfAssert 9.1.0; this version reads perfassert.run/1. *");

    [Theory]
    [InlineData("\"histogram\": \"HIST", "\"histogram\": \"HISTAAAA")]
    [InlineData("\"histogram\": \"HIST", "\"histogram\": \"!")]
    [InlineData("\"histogram\": \"HIST", "\"histogram\": \"\", \"x\": \"")]
    public void A_bad_histogram_is_damage_with_its_place(string good, string bad) =>
        Reading(text => text.Replace(good, bad, StringComparison.Ordinal)).WithMessage("*cut off or damaged*No histogram*$.rounds?0?.latency.histogram*");

    [Theory]
    [InlineData("\"testName\": \"ModelPerfTests.SentimentEndpoint.Classify\"", "\"testName\": null")]
    [InlineData("\"testName\"", "\"name\"")]
    [InlineData("\"warnings\": []", "\"warnings\": null")]
    [InlineData("\"completionsPerSlice\": [19", "\"completionsPerSlice\": [1.5")]
    [InlineData("\"outcome\": \"passed\"", "\"outcome\": \"green\"")]
    [InlineData("\"outcome\": \"passed\"", "\"outcome\": 0")]
    public void A_value_that_is_missing_or_of_another_kind_is_damage(string good, string bad) =>
        Reading(text => text.Replace(good, bad, StringComparison.Ordinal)).WithMessage("*cut off or damaged*");

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        var read = () => RunFileReader.Read(Path.Combine(folder.Path, "none.json"));

        read.Should().Throw<RunFileException>().WithMessage("The run file '*none.json' cannot be read: *");
    }

    [Fact]
    public void What_a_later_version_adds_is_ignored()
    {
        var path = RunFileWriter.Write(folder.Path, RunFiles.Passing);
        File.WriteAllText(path, "\uFEFF" + File.ReadAllText(path).Replace("\"mode\":", "\"colour\": { \"a\": [1] }, \"mode\":", StringComparison.Ordinal));

        RunFileReader.Read(path).TestName.Should().Be(RunFiles.Passing.TestName);
    }

    private FluentAssertions.Specialized.ExceptionAssertions<RunFileException> Reading(Func<string, string> damage)
    {
        var path = RunFileWriter.Write(folder.Path, RunFiles.Passing);
        var (good, bad) = (File.ReadAllText(path), damage(File.ReadAllText(path)));
        bad.Should().NotBe(good);
        File.WriteAllText(path, bad);
        var read = () => RunFileReader.Read(path);
        return read.Should().Throw<RunFileException>();
    }
}
