using FluentAssertions;
using Xunit;

namespace PerfAssert.Tests.Planning;

public sealed class PlanFoldersTests : IDisposable
{
    private const string Minimal = "{}";

    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Results_go_beside_the_budgets_file() =>
        Results(folder.With("tests/perf-budgets.json", Minimal)).Should().Be(folder.File("tests/perf-results"));

    [Fact]
    public void The_nearest_budgets_file_is_read_and_no_other() =>
        Results(folder.With("perf-budgets.json", "broken").With("tests/perf-budgets.json", Minimal)).Should().Be(folder.File("tests/perf-results"));

    [Theory]
    [InlineData("tests/Some.sln")]
    [InlineData("tests/Some.slnx")]
    [InlineData("tests/.git")]
    public void Without_the_file_they_go_beside_the_nearest_solution_or_repository(string marker) =>
        Results(folder.With(marker, "")).Should().Be(folder.File("tests/perf-results"));

    [Fact]
    public void A_relative_results_folder_starts_at_the_root()
    {
        var plan = Plans.In(folder.With("perf-budgets.json", Minimal), Plans.Standard, null, ("PERFASSERT_RESULTS", "out/perf"));
        plan.ResultsFolder.Should().Be(folder.File("out/perf"));
        plan.Notes.Should().Equal($"results folder {folder.File("out/perf")}: PERFASSERT_RESULTS");
    }

    [Fact]
    public void A_results_folder_that_is_no_path_is_an_error() =>
        Plans.Error(Plans.Standard, null, ("PERFASSERT_RESULTS", "a\0b")).Should()
            .Be("PERFASSERT_RESULTS is 'a\0b', which is no path, expected a folder for run files");

    private static string Results(TestFolder folder) => Plans.In(folder, Plans.Standard).ResultsFolder;
}
