using System.Text.Json;
using FluentAssertions;
using PerfAssert.Docs.Tests.Documents;
using PerfAssert.Planning;
using PerfAssert.Planning.Files;
using Xunit;

namespace PerfAssert.Docs.Tests;

public sealed class BudgetsFileBlockTests
{
    private static readonly string[] Keys = ["$schema", "policy", "environments", "regression", "tests", "waivers"];

    private static readonly JsonDocumentOptions WithComments = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    [Fact]
    public void Every_JSON_block_is_JSON_and_every_perf_budgets_one_is_legal() =>
        Repository.Documents.SelectMany(Problems).OnePerLine().Should().BeEmpty();

    [Fact]
    public void The_repositorys_own_file_is_legal()
    {
        var load = () => BudgetsFile.Load(Repository.PathOf(BudgetsFile.FileName));

        load.Should().NotThrow();
    }

    [Theory]
    [InlineData("{ \"policy\": { \"confidance\": 0.9 } }", "confidance")]
    [InlineData("{ \"tests\": { \"A.*\": { \"budgets\": [\"p99 < 5\"] } } }", "p99 < 5")]
    [InlineData("{ \"tests\": ", "no JSON")]
    public void A_wrong_one_is_reported_with_file_and_line(string json, string expected) =>
        Problems(new MarkdownDocument("a.md", $"# A\n\n```jsonc\n{json}\n```\n"))
            .Should().ContainSingle().Which.Should().StartWith("a.md:4: ").And.Contain(expected);

    private static IEnumerable<string> Problems(MarkdownDocument document) => document.Blocks
        .Where(block => block.Language is "json" or "jsonc")
        .Select(block => Problem(block.Content))
        .OfType<string>();

    private static string? Problem(Passage block)
    {
        try
        {
            using var json = JsonDocument.Parse(block.Text, WithComments);
            if (json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.EnumerateObject().Any(key => Keys.Contains(key.Name)))
            {
                // As many lines in front as the document has, so that the loader's own line is the document's.
                BudgetsFile.Parse(new string('\n', block.Line - 1) + block.Text);
            }

            return null;
        }
        catch (JsonException exception)
        {
            return block.Problem("no JSON: " + exception.Message);
        }
        catch (PerfPlanException exception)
        {
            return block.Problem(exception.Message);
        }
    }
}
