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

        Workflow(file).Should().EndWith(shown);
        shown.Should().StartWith("on:\n").And.Contain("\npermissions:\n");
    }

    [Fact]
    public void Baselines_that_are_not_there_are_a_warning_and_a_download_that_fails_is_red()
    {
        var (gate, night) = (Fetch("perf-gate.yml"), Fetch("perf-nightly.yml"));

        gate.Should().StartWith("Fetch the baselines").And.Be(night);
        gate.Should().Contain(".expired | not").And.Contain("::warning::").And.NotContain("|| true");
    }

    /// <summary>What is promoted by a red or by another branch's run would be compared with.</summary>
    [Fact]
    public void Baselines_are_promoted_after_green_tests_of_the_default_branch_alone()
    {
        var night = Workflow("perf-nightly.yml");
        var promote = night.IndexOf("baseline promote", StringComparison.Ordinal);

        promote.Should().BeGreaterThan(night.IndexOf("dotnet test", StringComparison.Ordinal));
        night[..promote].Should().NotContain("if: always()").And.NotContain("continue-on-error").And.NotContain("pull_request").And.Contain("repository.default_branch");
        night[promote..].Split("- uses:")[1].Should().Contain("name: perf-baselines").And.NotContain("if: always()");
    }

    // Up to its variables: a scheduled run knows its branch by another name.
    private static string Fetch(string file) => Workflow(file).Split("- name: ")[1].Split("env:\n")[0];

    private static string Workflow(string file) => File.ReadAllText(Repository.PathOf(".github/workflows/" + file)).ReplaceLineEndings("\n");
}
