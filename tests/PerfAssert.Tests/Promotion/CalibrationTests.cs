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
}
