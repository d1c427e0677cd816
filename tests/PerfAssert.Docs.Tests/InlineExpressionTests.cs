using System.Text.RegularExpressions;
using FluentAssertions;
using PerfAssert.Budgets;
using PerfAssert.Docs.Tests.Documents;
using PerfAssert.Expressions;
using PerfAssert.Load;
using Xunit;

namespace PerfAssert.Docs.Tests;

/// <summary>Expressions in tables and sentences: code in double quotes. What is meant to be wrong stands without quotes or in a text block.</summary>
public sealed partial class InlineExpressionTests
{
    [Fact]
    public void Every_quoted_budget_and_load_is_understood() =>
        Repository.Documents.SelectMany(Problems).OnePerLine().Should().BeEmpty();

    [Fact]
    public void A_wrong_one_is_reported_with_file_and_line() =>
        Problems(new MarkdownDocument("a.md", "# A\nUse `\"p99 < 5\"`, `\"5 rps\"`, `\"p99 < 5 ms\"` or `\"10 requests\"`.\n"))
            .Should().HaveCount(2).And.AllSatisfy(problem => problem.Should().StartWith("a.md:2: "));

    private static IEnumerable<string> Problems(MarkdownDocument document) =>
        from code in document.InlineCode
        where code.Text.Length > 2 && code.Text.StartsWith('"') && code.Text.EndsWith('"')
        let problem = Problem(code.Text[1..^1])
        where problem is not null
        select code.Problem(problem);

    private static string? Problem(string text)
    {
        try
        {
            _ = text.Contains('<', StringComparison.Ordinal) || text.Contains('>', StringComparison.Ordinal) ? (object)Budget.Parse(text)
                : Counted().IsMatch(text) ? WarmUp.Parse(text)
                : Load().IsMatch(text) ? LoadExpression.Parse(text)
                : text;
            return null;
        }
        catch (PerfExpressionException exception)
        {
            return exception.Message;
        }
    }

    // A number of requests alone is a load and a warm-up, a length of time a warm-up only.
    [GeneratedRegex(@"^[\d.]+ (requests?|ms|s|min|h)$")]
    private static partial Regex Counted();

    [GeneratedRegex(@"^(\d.*\b(rps|users?|requests?)\b|trace )")]
    private static partial Regex Load();
}
