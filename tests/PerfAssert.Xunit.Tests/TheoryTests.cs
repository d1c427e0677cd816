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

    [Fact]
    public void The_result_names_the_row() =>
        features.Tests["Theories.RequestLast(length: 16)"].Output.Should().Contain("(length: 16)");
}
