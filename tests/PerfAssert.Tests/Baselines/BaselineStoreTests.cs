using System.Collections.Immutable;
using FluentAssertions;
using PerfAssert.Baselines;
using PerfAssert.Tests.Runs;
using Xunit;
using static FluentAssertions.FluentActions;

namespace PerfAssert.Tests.Baselines;

public sealed class BaselineStoreTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly BaselineStore store;

    public BaselineStoreTests() => store = new BaselineStore(Path.Combine(folder.Path, BaselineStore.FolderName));

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_last_20_runs_are_kept_in_the_order_of_time()
    {
        store.Add("ci", "A.B", Enumerable.Range(0, 25).Reverse().Select(day => Stored.Run(day, ("p50", [1]))));

        store.Find("ci", "A.B")!.Runs.Select(run => run.Source).Should().Equal(Enumerable.Range(5, 20).Select(day => $"run-{day}.json"));
    }

    [Fact]
    public void Runs_under_other_conditions_take_no_place_and_no_more_than_5_conditions_are_kept()
    {
        store.Add("ci", "A.B", Enumerable.Range(0, 20).Select(day => Stored.Run(day)));
        store.Add("ci", "A.B", Enumerable.Range(20, 25).Select(day => Under(day, "other")));

        var runs = store.Find("ci", "A.B")!.Runs;
        runs.Should().HaveCount(40).And.BeInAscendingOrder(run => run.At);
        runs.Count(run => run.Conditions["cpu"] == "other").Should().Be(20);

        store.Add("ci", "A.B", Enumerable.Range(45, 4).Select(day => Under(day, $"cpu {day}")));

        runs = store.Find("ci", "A.B")!.Runs;
        runs.Should().HaveCount(24, "the first conditions are those whose last run is the oldest");
        runs.Select(run => run.Conditions["cpu"]).Distinct().Should().HaveCount(Baseline.MostConditions).And.NotContain(Stored.Conditions["cpu"]);

        static BaselineRun Under(int day, string cpu) => Stored.Run(day) with { Conditions = Stored.Conditions.SetItem("cpu", cpu) };
    }

    [Fact]
    public void A_run_is_taken_once()
    {
        store.Add("ci", "A.B", [Stored.Run(1, ("p50", [1]))]).Added.Should().Be(1);
        store.Add("ci", "A.B", [Stored.Run(1, ("p50", [1])), Stored.Run(2, ("p50", [1]))]).Added.Should().Be(1);

        store.Find("ci", "A.B")!.Runs.Should().HaveCount(2);
    }

    [Fact]
    public void Tests_whose_names_make_the_same_file_name_have_files_of_their_own()
    {
        store.Add("ci", "A.B(x: \"ü\")", [Stored.Run(1)]);
        store.Add("ci", "A.B(x: \"ä\")", [Stored.Run(2)]);

        store.All("ci", []).Select(baseline => baseline.Test).Should().Equal("A.B(x: \"ä\")", "A.B(x: \"ü\")");
        store.Find("ci", "A.B(x: \"ü\")")!.Runs.Single().Source.Should().Be("run-1.json");
    }

    [Fact]
    public void Environments_are_apart()
    {
        store.Add("ci", "A.B", [Stored.Run(1)]);

        store.Find("gpu", "A.B").Should().BeNull();
        store.Environments.Should().Equal("ci");
    }

    [Fact]
    public void A_file_copied_to_another_test_is_refused()
    {
        store.Add("ci", "A.B", [Stored.Run(1)]);
        File.Copy(store.PathOf("ci", "A.B"), store.PathOf("ci", "A.C"));

        var find = () => store.Find("ci", "A.C");

        find.Should().Throw<BaselineException>().WithMessage("*is the baseline of A.B*");
    }

    [Fact]
    public void Writers_at_once_lose_nothing()
    {
        Parallel.For(0, 12, new ParallelOptions { MaxDegreeOfParallelism = 6 }, day =>
            new BaselineStore(store.Folder).Add("ci", "A.B", [Stored.Run(day, ("p50", [day + 1]))]));

        store.Find("ci", "A.B")!.Runs.Should().HaveCount(12);
        Directory.GetFiles(store.Folder, "*.tmp", SearchOption.AllDirectories).Should().BeEmpty();
    }

    [Fact]
    public void The_lock_file_is_kept_out_of_version_control()
    {
        store.Add("ci", "A.B", [Stored.Run(1)]);

        File.ReadAllLines(Path.Combine(store.Folder, ".gitignore")).Should().Contain(BaselineLock.FileName);
    }

    [Fact]
    public void The_lock_file_of_a_calibration_is_kept_out_of_version_control()
    {
        NoiseStore.Put(store, new TestNoise("A.B", "ci", ImmutableSortedDictionary<string, MetricNoise>.Empty, Stored.Conditions));

        File.ReadAllLines(Path.Combine(store.Folder, ".gitignore")).Should().Contain(BaselineLock.FileName);
    }

    /// <summary>A folder in the place of the file: unlike one without permissions, nobody can read it, root included.</summary>
    [Fact]
    public void A_baseline_that_cannot_be_read_is_not_an_absent_one()
    {
        var path = store.PathOf("ci", "A.B");
        Directory.CreateDirectory(path);
        var problems = new List<string>();

        Invoking(() => store.Find("ci", "A.B")).Should().Throw<BaselineException>().WithMessage($"*'{path}' cannot be read*");
        store.All("ci", problems).Should().BeEmpty();
        problems.Should().ContainSingle().Which.Should().Contain(path).And.Contain("cannot be read");
    }

    [Fact]
    public void A_folder_that_cannot_be_read_is_not_an_empty_one()
    {
        Directory.CreateDirectory(store.Folder);
        LinkToItself(Path.Combine(store.Folder, "ci"));
        var problems = new List<string>();

        Invoking(() => store.Find("ci", "A.B")).Should().Throw<BaselineException>().WithMessage("*cannot be read*");
        Invoking(() => store.Drop("ci", "A.B")).Should().Throw<BaselineException>().WithMessage("*cannot be read*");
        Invoking(() => NoiseStore.Find(store, "ci", "A.B")).Should().Throw<BaselineException>().WithMessage("*cannot be read*");
        store.All("ci", problems).Should().BeEmpty();
        problems.Should().ContainSingle().Which.Should().Contain(Path.Combine(store.Folder, "ci"));
    }

    [Fact]
    public void A_folder_of_environments_that_cannot_be_read_is_an_error()
    {
        LinkToItself(store.Folder);

        Invoking(() => store.Environments).Should().Throw<BaselineException>().WithMessage($"*'{store.Folder}' cannot be read*");
    }

    [Fact]
    public void What_is_not_there_is_no_baseline_and_no_problem()
    {
        var problems = new List<string>();

        store.Find("ci", "A.B").Should().BeNull();
        NoiseStore.Find(store, "ci", "A.B").Should().BeNull();
        store.Drop("ci", "A.B").Should().BeFalse();
        store.All("ci", problems).Should().BeEmpty();
        store.Environments.Should().BeEmpty();
        problems.Should().BeEmpty();
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("/tmp/perfassert-evil")]
    [InlineData("..")]
    [InlineData("ci\n")]
    [InlineData("")]
    public void Nothing_is_read_or_written_outside_of_the_folder(string environment)
    {
        Invoking(() => store.Add(environment, "A.B", [Stored.Run(1)])).Should().Throw<BaselineException>().WithMessage("*no name of an environment*");
        Invoking(() => NoiseStore.Find(store, environment, "A.B")).Should().Throw<BaselineException>();
        Directory.GetFiles(folder.Path, "*.json", SearchOption.AllDirectories).Should().BeEmpty();
    }

    [Fact]
    public void A_folder_of_something_else_is_no_environment()
    {
        store.Add("ci", "A.B", [Stored.Run(1)]);
        Directory.CreateDirectory(Path.Combine(store.Folder, ".cache"));

        store.Environments.Should().Equal("ci");
    }

    [Fact]
    public void Whether_it_can_be_written_is_found_out_and_leaves_nothing()
    {
        store.EnsureWritable();
        Directory.Exists(store.Folder).Should().BeFalse();

        store.Add("ci", "A.B", [Stored.Run(1)]);
        var before = Directory.GetFileSystemEntries(store.Folder);
        store.EnsureWritable();
        Directory.GetFileSystemEntries(store.Folder).Should().BeEquivalentTo(before);
    }

    [Fact]
    public void A_file_in_the_place_of_the_folder_cannot_be_written()
    {
        File.WriteAllText(store.Folder, "");

        Invoking(store.EnsureWritable).Should().Throw<BaselineException>().WithMessage("*cannot be written*");
    }

    private static void LinkToItself(string path) => File.CreateSymbolicLink(path, Path.GetFileName(path));
}
