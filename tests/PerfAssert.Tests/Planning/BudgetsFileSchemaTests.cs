using System.Runtime.CompilerServices;
using System.Text.Json;
using FluentAssertions;
using Json.Schema;
using PerfAssert.Planning.Files;
using Xunit;

namespace PerfAssert.Tests.Planning;

public sealed class BudgetsFileSchemaTests
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    [Fact]
    public void The_committed_schema_is_the_one_the_reader_follows()
    {
        if (Environment.GetEnvironmentVariable("PERFASSERT_ACCEPT_SCHEMA") == "1")
        {
            File.WriteAllText(SchemaPath(), BudgetsFileSchema.Text());
        }

        File.ReadAllText(SchemaPath()).ReplaceLineEndings("\n").Should().Be(
            BudgetsFileSchema.Text(), "the keys changed; run the tests with PERFASSERT_ACCEPT_SCHEMA=1 and review the diff");
    }

    [Fact]
    public void It_accepts_the_sample() => IsValid(BudgetsFileTests.Sample).Should().BeTrue();

    [Theory]
    [InlineData("""{ "test": {} }""")]
    [InlineData("""{ "policy": { "confidence": 1 } }""")]
    [InlineData("""{ "policy": { "inconclusive": "never" } }""")]
    [InlineData("""{ "environments": { "a/b": {} } }""")]
    [InlineData("""{ "environments": { "a": { "price": { "usdPerHour": 0 } } } }""")]
    [InlineData("""{ "tests": { "*": { "rounds": 1.5 } } }""")]
    [InlineData("""{ "tests": { "*": { "in": { "ci": { "in": {} } } } } }""")]
    [InlineData("""{ "waivers": [ { "test": "*" } ] }""")]
    public void It_rejects_what_the_reader_rejects(string file)
    {
        IsValid(file).Should().BeFalse();
        Plans.Error(Plans.Standard, file).Should().StartWith("perf-budgets.json:1:");
    }

    private static bool IsValid(string file)
    {
        using var document = JsonDocument.Parse(file, Lenient);
        return JsonSchema.FromText(BudgetsFileSchema.Text(), new BuildOptions { SchemaRegistry = new SchemaRegistry() })
            .Evaluate(document.RootElement).IsValid;
    }

    private static string SchemaPath([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "build", "perf-budgets.schema.json"));
}
