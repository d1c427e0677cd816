using FluentAssertions;
using PerfAssert.Docs.Tests.Documents;
using Xunit;

namespace PerfAssert.Docs.Tests;

public sealed class WorkflowTests
{
    [Theory]
    [InlineData("perf-gate.yml", 0)]
    [InlineData("perf-nightly.yml", 1)]
    public void The_workflow_on_the_page_is_the_repositorys_own(string file, int position)
    {
        var shown = Repository.Document("docs/ci.md").Blocks.Where(block => block.Language == "yaml").ElementAt(position).Content.Text;

        File.ReadAllText(Repository.PathOf(".github/workflows/" + file)).ReplaceLineEndings("\n").Should().EndWith(shown);
    }

    /// <summary>What is promoted by a red or by another branch's run would be compared with.</summary>
    [Fact]
    public void Baselines_are_promoted_after_green_tests_of_the_default_branch_alone()
    {
        var night = File.ReadAllText(Repository.PathOf(".github/workflows/perf-nightly.yml"));
        var promote = night.IndexOf("baseline promote", StringComparison.Ordinal);

        promote.Should().BeGreaterThan(night.IndexOf("dotnet test", StringComparison.Ordinal));
        night[..promote].Should().NotContain("if: always()").And.NotContain("continue-on-error").And.NotContain("pull_request").And.Contain("repository.default_branch");
        night[promote..].Split("- uses:")[1].Should().Contain("name: perf-baselines").And.NotContain("if: always()");
    }
}
