using FluentAssertions;
using Microsoft.CodeAnalysis;
using PerfAssert.Docs.Tests.Code;
using PerfAssert.Docs.Tests.Documents;
using Xunit;

namespace PerfAssert.Docs.Tests;

public sealed class CSharpTests
{
    [Fact]
    public void Every_example_compiles_without_warnings_that_matter() =>
        CSharp(Repository.Documents).SelectMany(block => Compiled.From(block).Problems).OnePerLine().Should().BeEmpty();

    [Fact]
    public void Every_load_and_budget_of_an_example_is_understood() =>
        CSharp(Repository.Documents).SelectMany(Expressions).OnePerLine().Should().BeEmpty();

    [Fact]
    public void A_wrong_example_is_reported_with_file_and_line()
    {
        var document = new MarkdownDocument("a.md", "# A\n\n```csharp\nvar a = 1;\nvar b = a.Missing;\n```\n");

        CSharp([document]).SelectMany(block => Compiled.From(block).Problems)
            .Should().ContainSingle().Which.Should().StartWith("a.md:5: CS1061");
    }

    [Theory]
    [InlineData("[Budget(\"p99 < 200 ms\", \"p99 < 5\")] public void A() { }", "budget 'p99 < 5'")]
    [InlineData("[Load(\"5 rps\")] public void A() { }", "load '5 rps'")]
    [InlineData("[Load(\"5 requests\", WarmUp = \"much\")] public void A() { }", "WarmUp 'much'")]
    [InlineData("await PerfTest.Run(_ => Task.CompletedTask, load: \"x\", budgets: [\"p99 < 1 s\"]);", "load 'x'")]
    [InlineData("await PerfTest.Run(_ => Task.CompletedTask, \"1 request\", [\"rps < 1\"]);", "budget 'rps < 1'")]
    [InlineData("(await PerfTest.Run(_ => Task.CompletedTask, \"1 request\", [\"p50 < 1 s\"])).Should().Meet(\"rps < 1\");", "budget 'rps < 1'")]
    public void A_wrong_expression_is_reported_with_file_and_line(string code, string expected)
    {
        var block = new Passage("a.md", 7, code + "\n");

        Compiled.From(block).Problems.Should().BeEmpty();
        Expressions(block).Should().ContainSingle().Which.Should().StartWith("a.md:7: " + expected);
    }

    [Fact]
    public void An_ignored_task_is_a_problem() =>
        Compiled.From(new Passage("a.md", 1, "client.GetAsync(\"/\", cancellationToken);\n")).Problems
            .Should().ContainSingle().Which.Should().Contain("CS4014");

    private static IEnumerable<Passage> CSharp(IEnumerable<MarkdownDocument> documents) =>
        documents.SelectMany(document => document.Blocks).Where(block => block.Language is "csharp" or "cs").Select(block => block.Content);

    private static IEnumerable<string> Expressions(Passage block) =>
        from use in ExpressionUse.In(Compiled.From(block).Model)
        let problem = use.Problem()
        where problem is not null
        select (block with { Line = use.Node.GetLocation().GetMappedLineSpan().StartLinePosition.Line + 1 }).Problem(problem);
}
