using System.Diagnostics;
using System.Text.Json;
using FluentAssertions;
using PerfAssert.Xunit.Tests.Running;
using Xunit;

namespace PerfAssert.Xunit.Tests;

/// <summary>Runs that are stopped from outside.</summary>
public sealed class StopTests
{
    private const string Quick = "FullyQualifiedName~Methods.Tagged";
    private const string Endless = "FullyQualifiedName~Scenarios.Endless.";

    [Fact]
    public async Task A_killed_test_host_leaves_whole_run_files_and_passes_the_turn_on()
    {
        using var folder = new ScenarioFolder();
        using var before = await ScenarioRun.CompleteAsync(folder, Quick);
        var earlier = folder.RunFiles;
        using (var killed = ScenarioRun.Start(folder, Endless))
        {
            var running = await killed.UntilAsync(folder, "endless runs");
            await ScenarioRun.SignalAsync("KILL", running.ProcessId);
            await killed.WaitAsync();
            killed.ExitCode.Should().NotBe(0);
        }

        earlier.Should().NotBeEmpty();
        folder.RunFiles.Should().Equal(earlier, because: "no half file is left behind under the name of a whole one");
        foreach (var file in earlier)
        {
            using var document = JsonDocument.Parse(await File.ReadAllTextAsync(file));
        }

        using var after = await ScenarioRun.CompleteAsync(folder, Quick);
        after.ExitCode.Should().Be(0, because: after.Console);
        folder.RunFiles.Should().HaveCountGreaterThan(earlier.Count);
    }

    [Fact]
    public async Task Ctrl_C_ends_the_run_within_seconds()
    {
        using var folder = new ScenarioFolder();
        using var run = ScenarioRun.Start(folder, Endless);
        await run.UntilAsync(folder, "endless runs");

        var stopping = Stopwatch.StartNew();
        await run.InterruptAsync();
        await run.WaitAsync();

        stopping.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(10));
        run.ExitCode.Should().NotBe(0);
        folder.RunFiles.Should().BeEmpty();
    }

    [Fact]
    public async Task What_waits_for_a_thread_when_a_run_is_cut_off_is_not_sent_any_more()
    {
        using var folder = new ScenarioFolder();
        using var run = await ScenarioRun.CompleteAsync(folder, "FullyQualifiedName~Scenarios.EndlessBlocked.");

        var test = run.Tests["EndlessBlocked.Runs"];
        test.Outcome.Should().Be("Failed");
        test.Duration.Should().BeLessThan(TimeSpan.FromSeconds(10), "of 1,000 requests in flight a few have a thread, and those are left behind after a second");
        folder.Events().Count(happened => happened.Name == "blocked begins").Should().BeInRange(1, 500);
    }

    [Fact]
    public async Task A_run_that_xunit_cancels_stops_its_load_and_disposes_the_test_class()
    {
        using var folder = new ScenarioFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Root, "bin", "xunit.runner.json"), """{ "stopOnFail": true }""");
        using var run = ScenarioRun.Start(folder, $"{Endless}|FullyQualifiedName~FailsBesideEndless");

        var running = await run.UntilAsync(folder, "endless runs");
        await run.WaitAsync();

        run.ExitCode.Should().Be(1);
        var disposed = folder.Events().Should().ContainSingle(happened => happened.Name == "endless disposed").Subject;
        Stopwatch.GetElapsedTime(running.Timestamp, disposed.Timestamp).Should().BeLessThan(TimeSpan.FromSeconds(10));
    }
}
