using FluentAssertions;
using PerfAssert.Docs.Tests.Documents;
using PerfAssert.Planning;
using PerfAssert.Planning.Files;
using Xunit;

namespace PerfAssert.Docs.Tests;

/// <summary>The page on perf-budgets.json shows what is printed about its example: the planner prints it.</summary>
public sealed class PrintedNotesTests
{
    private const string Heading = "Not from an attribute";

    [Fact]
    public void The_notes_on_the_page_are_those_of_its_example()
    {
        var blocks = Repository.Document("docs/perf-budgets-json.md").Blocks;
        var file = BudgetsFile.Parse(blocks.First(block => block.Language == "jsonc").Content.Text);
        var shown = blocks.Select(block => block.Content.Text).Single(text => text.StartsWith(Heading, StringComparison.Ordinal));
        var test = new TestDeclaration(
            "ModelPerfTests.SentimentEndpoint.Classify",
            "",
            null,
            [new DeclaredBudget("p99 < 100 ms", "[Budget] on method Classify"), new DeclaredBudget("errors < 1 %", "[Budget] on method Classify")]);
        var notes = new List<string>();

        new BudgetPlanner(test, notes).Plan(file, file.SectionsFor(test, "gpu-a10g"));

        shown.TrimEnd().Split('\n').Skip(1).Select(line => line.Trim()).Should().Equal(notes);
    }
}
