using FluentAssertions;
using PerfAssert.Xunit.Tests.Running;
using Xunit;

namespace PerfAssert.Xunit.Tests;

[Collection(nameof(FeatureRun))]
public sealed class TheoryTests(FeatureRun features)
{
    [Theory]
    [InlineData("Theories.RequestLast(length: 16)")]
    [InlineData("Theories.RequestLast(length: 64)")]
    [InlineData("""Theories.RequestFirst(name: "short", length: 16)""")]
    [InlineData("""Theories.RequestBetween(name: "long", length: 256)""")]
    [InlineData("Theories.NoRequest(batch: 1)")]
    [InlineData("Theories.NoRequest(batch: 8)")]
    [InlineData("Theories.DefaultValue(length: 16, batch: 8)")]
    [InlineData("Theories.Many(lengths: [1, 2, 3])")]
    [InlineData("""Theories.Generic<String>(value: "text")""")]
    [InlineData("Theories.AtRunTime(value: one)")]
    [InlineData("Theories.AtRunTime(value: two)")]
    [InlineData("Theories.SkippedRow(row: 1)")]
    [InlineData("a name of its own(length: 16)")]
    public void A_row_is_a_test_of_its_own_named_by_its_values(string name) =>
        features.Tests.Should().ContainKey(name).WhoseValue.Outcome.Should().Be("Passed", because: features.Tests[name].Message);

    [Fact]
    public void No_name_mentions_the_request() =>
        features.Tests.Keys.Should().NotContain(name => name.Contains("request:", StringComparison.Ordinal) || name.Contains("???", StringComparison.Ordinal));

    [Fact]
    public void A_skipped_row_is_skipped_with_its_reason() =>
        features.Tests["Theories.SkippedRow(row: 2)"].Should().Match<ReportedTest>(
            test => test.Outcome == "NotExecuted" && (test.Message + test.Output).Contains("this row has no server"));

    [Fact]
    public void Rows_read_at_run_time_are_disposed() =>
        features.Events.Count(happened => happened.Name == "row disposed").Should().Be(2);

    [Fact]
    public void Data_that_cannot_be_read_fails_the_theory_with_the_reason() =>
        features.Tests["Theories.WithoutItsData"].Should().Match<ReportedTest>(
            test => test.Outcome == "Failed" && test.Message.Contains("the data is out of reach"));

    [Theory]
    [InlineData("Theories.RequestLast(length: 16)")]
    [InlineData("""Theories.Converted(id: "6f9619ff-8b86-d011-b42d-00cf4fc964ff")""")]
    [InlineData("Theories.DefaultValue(length: 16, batch: 8)")]
    [InlineData("Theories.Many(lengths: [1, 2, 3])")]
    public void The_result_names_the_row_as_the_test_is_named(string name) =>
        string.Join(' ', features.Tests[name].Output.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)).Should().Contain("." + name);

    [Fact]
    public void A_row_that_does_not_fit_fails_alone()
    {
        features.Tests["Theories.WrongRow<Int32>(value: 1)"].Outcome.Should().Be("Passed");
        features.Tests["Theories.WrongRow(row 2)"].Should().Match<ReportedTest>(test => test.Outcome == "Failed" && test.Message.Contains("violates the constraint"));
        features.Tests["Theories.WrongRow(row 3)"].Should().Match<ReportedTest>(test => test.Outcome == "Failed" && test.Message.Contains("a row that is null"));
    }

    [Fact]
    public void Rows_of_one_name_fail_because_their_runs_could_not_be_told_apart() =>
        features.Tests["Theories.SameName"].Should().Match<ReportedTest>(
            test => test.Outcome == "Failed" && test.Message.Contains("2 rows are named") && test.Message.Contains("ToString()"));

    [Fact]
    public void Skipped_rows_need_not_fit() =>
        features.Tests.Where(test => test.Key.StartsWith("Theories.SkippedAtRunTime", StringComparison.Ordinal)).Should().HaveCount(3)
            .And.OnlyContain(test => test.Value.Outcome == "NotExecuted");

    [Fact]
    public void Rows_whose_text_is_cut_have_names_and_runs_of_their_own()
    {
        var names = features.Tests.Keys.Where(name => name.StartsWith("Theories.LongText", StringComparison.Ordinal)).ToList();
        names.Should().HaveCount(2).And.OnlyContain(name => features.Tests[name].Outcome == "Passed");
        names.Should().AllSatisfy(name => name.Should().MatchRegex("""^Theories\.LongText\(text: "one and the same beginning of a text of more than "···\) #[0-9a-f]{8}$"""));
        features.RunFiles.Count(file => names.Exists(name => file.Contains(name[^8..], StringComparison.Ordinal))).Should().Be(2);
    }
}
