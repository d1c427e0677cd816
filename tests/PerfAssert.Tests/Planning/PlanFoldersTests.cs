using FluentAssertions;
using PerfAssert.Planning;
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

    [Theory]
    [InlineData("tests/Some.Tests/bin", "tests/Some.Tests/bin", "below the project's folder")]
    [InlineData("artifacts/bin/Some.Tests", "tests/Some.Tests", "elsewhere")]
    [InlineData("copied/bin", "copied/bin", "a file above it that is not above the project is meant for a copy")]
    public void Where_the_output_is_elsewhere_the_search_begins_at_the_project(string assembly, string start, string because)
    {
        _ = folder.With("artifacts/bin/Some.Tests/a.dll", "").With("copied/perf-budgets.json", Minimal).With("copied/bin/a.dll", "");

        PlanFolders.Start(folder.File(assembly), folder.File("tests/Some.Tests")).Should().Be(folder.File(start), because);
    }

    [Fact]
    public void So_it_does_where_nothing_is_above_the_output()
    {
        using var elsewhere = new Runs.TemporaryFolder();

        PlanFolders.Start(elsewhere.Path, folder.Start).Should().Be(folder.Start);
    }

    [Fact]
    public void A_project_that_is_not_on_this_machine_or_not_known_is_no_start()
    {
        PlanFolders.Start(folder.Start, folder.File("gone")).Should().Be(folder.Start);
        PlanFolders.Start(folder.Start, null).Should().Be(folder.Start);
    }

    [Fact]
    public void The_build_tells_the_project() =>
        ((string?)AppContext.GetData(PlanFolders.ProjectFolderOption)).Should().EndWith(Path.Combine("tests", "PerfAssert.Tests"));
}
