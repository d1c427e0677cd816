using FluentAssertions;
using PerfAssert.Load;
using PerfAssert.Planning;
using Xunit;

namespace PerfAssert.Tests.Planning;

public sealed class TracePlannerTests : IDisposable
{
    private const string Steady = "0\n0.5\n1\n1.5\n";

    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("tests/Some.Tests/bin/t.txt")]
    [InlineData("tests/Some.Tests/t.txt")]
    [InlineData("t.txt")]
    public void An_attribute_names_a_file_beside_the_assembly_the_project_or_the_solution(string at)
    {
        folder.With(at, Steady);

        var plan = Plans.In(folder, Plans.Test("trace t.txt at 2x", "p99 < 200 ms"));

        var trace = plan.Load.Expression.Phases.Should().ContainSingle().Which.Should().BeOfType<LoadPhase.Trace>().Subject;
        trace.Recorded!.Count.Should().Be(4);
        trace.Duration.Should().Be(TimeSpan.FromSeconds(1));
        plan.Load.WarmUp.Should().Be(WarmUp.Parse("100 ms"), "it is a tenth of the trace");
        plan.Notes.Should().Contain($"trace t.txt at 2x: 4 arrivals over 1 s, 4 a second, {at.Replace('/', Path.DirectorySeparatorChar)}");
    }

    [Fact]
    public void The_nearest_one_is_taken()
    {
        folder.With("t.txt", "0\n").With("tests/Some.Tests/t.txt", Steady);

        Plans.In(folder, Plans.Test("trace t.txt", "p99 < 200 ms")).Notes.Should().Contain(note => note.StartsWith("trace t.txt: 4 arrivals", StringComparison.Ordinal));
    }

    [Fact]
    public void The_budgets_file_names_one_in_its_own_folder()
    {
        folder.With("perf-budgets.json", """{ "tests": { "*": { "load": "trace 'my traces/t.txt', 5 rps for 2 s" } } }""").With("my traces/t.txt", Steady);

        var plan = Plans.In(folder, Plans.Standard);

        plan.Load.Expression.ToString().Should().Be("trace 'my traces/t.txt', 5 rps for 2 s");
        plan.Load.WarmUp.Should().Be(WarmUp.Parse("400 ms"));
    }

    [Fact]
    public void A_missing_file_says_where_it_was_looked_for()
    {
        Error(Plans.Test("trace t.txt", "p99 < 200 ms")).Should().Be(
            $"{Plans.TestName}: [Load] on method Classify: the trace 't.txt' was not found, expected it in {folder.Start} or a folder above it, up to {folder.Root}.");

        folder.With("perf-budgets.json", """{ "tests": { "*": { "load": "trace t.txt" } } }""");
        folder.With("tests/t.txt", Steady);
        Error(Plans.Standard).Should().Be($"perf-budgets.json:1:29: the trace 't.txt' was not found, expected it in {folder.Root}.");
    }

    [Fact]
    public void A_wrong_file_is_told_with_its_line_and_column()
    {
        folder.With("t.txt", "1\n0\n");

        Error(Plans.Test("trace t.txt", "p99 < 200 ms")).Should().Be(
            $"{Plans.TestName}: [Load] on method Classify: t.txt:2:1: found 0, which is before the arrival above it, expected ascending order: sort the file");
    }

    [Fact]
    public void A_maximum_duration_must_hold_the_trace()
    {
        folder.With("t.txt", Steady);

        Error(Plans.Test(new LoadAttribute("trace t.txt") { MaxDuration = "1 s" }, "p99 < 200 ms")).Should().Contain("1 round(s) take 2 s");
    }

    [Theory]
    [InlineData("0.5")]
    [InlineData("0.00000001")]
    [InlineData("0.000000001")]
    public void A_replay_takes_a_thousand_hours_at_most(string speed)
    {
        folder.With("t.txt", "0\n900000\n1800000\n");

        Error(Plans.Test($"trace t.txt at {speed}x", "p99 < 200 ms")).Should().Be(
            $"{Plans.TestName}: [Load] on method Classify: found 'trace t.txt at {speed}x', which takes more than 1000 h (750 h as recorded), expected less: raise the speed or cut the trace");
        Plans.In(folder, Plans.Test("trace t.txt at 0.75x", "p99 < 200 ms")).Load.LeastDuration.Should().Be(TimeSpan.FromHours(1000));
    }

    private string Error(TestDeclaration test)
    {
        Action plan = () => Plans.In(folder, test);
        return plan.Should().ThrowExactly<PerfPlanException>().Which.Message;
    }
}
