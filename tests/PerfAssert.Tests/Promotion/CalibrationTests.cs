using FluentAssertions;
using PerfAssert.Promotion;
using PerfAssert.Runs;
using PerfAssert.Tests.Runs;
using Xunit;

namespace PerfAssert.Tests.Promotion;

public sealed class CalibrationTests
{
    [Fact]
    public void Noisier_runs_have_a_higher_floor()
    {
        var (quiet, noisy) = (Calibration.Of(Sessions.Several(8, 1, 0.01))!.Metrics["p50"], Calibration.Of(Sessions.Several(8, 1, 0.2))!.Metrics["p50"]);

        quiet.SmallestLimit.Should().BeLessThan(0.1);
        noisy.SmallestLimit.Should().BeGreaterThan(0.2);
        noisy.RunDeviation.Should().BeGreaterThan(quiet.RunDeviation);
    }

    /// <summary>One run against 20: 3.5 deviations of a run.</summary>
    [Fact]
    public void The_smallest_limit_is_what_one_run_against_20_shows()
    {
        var noise = Calibration.Of(Sessions.Several(8, 1, 0.1))!.Metrics["p50"];

        Math.Log(1 + noise.SmallestLimit).Should().BeApproximately(3.48 * noise.RunDeviation, 0.03 * noise.RunDeviation);
    }

    [Fact]
    public void Noisier_rounds_need_more_of_them() =>
        Calibration.Of([.. Enumerable.Range(0, 5).Select(i => Sessions.Of(1, i, noise: 0.2))])!.Metrics["p50"].SuggestedRounds.Should().BeGreaterThan(8);

    [Fact]
    public void Invalid_runs_do_not_count() =>
        Calibration.Of([.. Sessions.Several(2, 1, 0.1), Sessions.Of(1) with { Outcome = RunOutcome.Invalid }]).Should().BeNull();

    /// <summary>As a project with two target frameworks makes them.</summary>
    [Fact]
    public void Runs_under_other_conditions_are_no_noise()
    {
        var here = Sessions.Several(5, 1, 0.01);
        RunFile[] other = [.. Sessions.Several(4, 2, 0.01, seed: 2).Select(run => run with { Fingerprint = run.Fingerprint with { Runtime = ".NET 9.0.1" } })];

        var noise = Calibration.Of([.. here, .. other])!;

        noise.Metrics["p50"].Runs.Should().Be(5);
        noise.Metrics["p50"].RunDeviation.Should().BeLessThan(0.05);
        noise.Conditions["runtime"].Should().Be(".NET 10.0.0");
        var groups = Calibration.ByConditions([.. other, .. here]);
        groups.Select(group => group.Length).Should().Equal(5, 4);
        Calibration.Differences(groups[0], groups[1]).Should().Equal("runtime: .NET 9.0.1 instead of .NET 10.0.0");
    }

    [Fact]
    public void Of_as_many_runs_the_latest_are_kept()
    {
        var later = Sessions.Several(3, 1, 0.01, seed: 2).Select(run => run with { Fingerprint = run.Fingerprint with { Runtime = ".NET 10.0.1" } });

        Calibration.Of([.. later, .. Sessions.Several(3, 1, 0.01)])!.Conditions["runtime"].Should().Be(".NET 10.0.1");
    }
}
