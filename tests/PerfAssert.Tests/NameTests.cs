using FluentAssertions;
using Xunit;

namespace PerfAssert.Tests;

/// <summary>Runs are found by their name.</summary>
public sealed class NameTests
{
    private const string Warning = "before in this process";

    [Fact]
    public async Task A_second_run_of_one_name_says_that_both_are_taken_for_one_test()
    {
        (await Run("Names.first")).Should().NotContain(Warning);
        (await Run("Names.second")).Should().NotContain(Warning);
        (await Run("Names.first")).Should().Contain($"PerfTest.Run has run Names.first {Warning}").And.Contain("PerfTestOptions.Name");
    }

    // As one line. On a busy machine the client may be the bottleneck, which is not the question here.
    private static async Task<string> Run(string name)
    {
        string text;
        try
        {
            text = (await PerfTest.Run(_ => Task.CompletedTask, "100 requests", ["p99 < 60 s"], new PerfTestOptions { Name = name, WarmUp = "0 s" })).Text;
        }
        catch (PerfBudgetException failure)
        {
            text = failure.Result.Text;
        }

        return string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
