using FluentAssertions;
using PerfAssert.Docs.Tests.Documents;
using Xunit;

namespace PerfAssert.Docs.Tests;

public sealed class WorkflowTests
{
    [Fact]
    public void The_workflow_on_the_page_is_the_repositorys_own()
    {
        var shown = Repository.Document("docs/ci.md").Blocks.Single(block => block.Language == "yaml").Content.Text;

        File.ReadAllText(Repository.PathOf(".github/workflows/perf-gate.yml")).ReplaceLineEndings("\n").Should().EndWith(shown);
    }
}
