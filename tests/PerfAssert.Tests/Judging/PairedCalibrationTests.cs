using FluentAssertions;
using PerfAssert.Judging;
using Xunit;

namespace PerfAssert.Tests.Judging;

/// <summary>How often the rule for references is wrong, and how often it finds what is there. Seeded: the same every time.</summary>
public sealed class PairedCalibrationTests
{
    private const int Rounds = 8;

    // Of one metric, whose difference varies by 4 % from pair to pair.
    private const double Deviation = .04;

    private static readonly PairedLevels Levels = PairedLevels.Of(.95);

    [Fact]
    public void Unchanged_code_is_red_in_at_most_one_of_a_thousand_checks()
    {
        var verdicts = Outcomes(shift: 0, allowed: .0001, runs: 10_000);

        // The allowance hardly helps: the levels alone keep it. 0.0469 x 0.01 is what 8 and 16 pairs attain.
        verdicts.Count(v => v == Verdict.Broken).Should().BeLessThanOrEqualTo(12, "0.047 % of 10,000 and three standard deviations");
    }

    [Fact]
    public void Unchanged_code_is_red_in_one_of_a_hundred_checks_at_most_however_time_runs_out()
    {
        // The worst there could be: time runs out whenever one block alone is red.
        var random = new Random(20260302);
        var red = Enumerable.Range(0, 4_000).Select(_ => Evidence(random, 0, .0001, Deviation))
            .Count(evidence => IsRed(evidence, confirms: false) || IsRed(evidence, confirms: true));

        red.Should().BeLessThanOrEqualTo(50, "2 / 256 and 0.047 % of 4,000, and three standard deviations");

        static bool IsRed(PairedEvidence evidence, bool confirms) => PairedDecision.Decide([evidence], Rounds, confirms, Levels)[0].Verdict == Verdict.Broken;
    }

    [Theory]
    [InlineData(.02, 55, 100)]
    [InlineData(.0, 90, 100)]
    public void Unchanged_code_is_not_red_at_usual_budgets(double shift, int least, int most)
    {
        var verdicts = Outcomes(shift, allowed: Math.Log(1.10), runs: 2_000);

        verdicts.Should().NotContain(Verdict.Broken);
        (verdicts.Count(v => v == Verdict.Met) / 20).Should().BeInRange(least, most);
    }

    [Theory]
    [InlineData(1.0, 60, 80)]
    [InlineData(1.5, 90, 100)]
    [InlineData(2.0, 95, 100)]
    public void What_is_there_is_found(double deviations, int least, int most) =>
        (Outcomes(deviations * Deviation, allowed: .0001, runs: 2_000).Count(v => v == Verdict.Broken) / 20).Should().BeInRange(least, most);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void What_is_as_slow_as_the_limit_or_twice_as_much_is_hardly_ever_met(double limits)
    {
        var allowed = Math.Log(1.10);

        var met = Outcomes(limits * allowed, allowed, runs: 2_000).Count(v => v == Verdict.Met);

        (met / 2_000.0).Should().BeLessThan(limits > 1 ? .0005 : .06);
    }

    [Fact]
    public void Twice_the_limit_is_not_met_where_rounds_vary_by_much_more_than_the_limit() =>
        Outcomes(2 * Math.Log(1.05), Math.Log(1.05), runs: 10_000, deviation: .25).Count(v => v == Verdict.Met).Should().Be(0, "luck is no proof: without a bound on the noise it is 20");

    private static List<Verdict> Outcomes(double shift, double allowed, int runs, double deviation = Deviation)
    {
        var random = new Random(20260301);
        return [.. Enumerable.Range(0, runs).Select(_ => PairedDecision.Decide([Evidence(random, shift, allowed, deviation)], Rounds, confirms: true, Levels)[0].Verdict)];
    }

    private static PairedEvidence Evidence(Random random, double shift, double allowed, double deviation) =>
        new([.. Enumerable.Range(0, PairedDecision.Looks * Rounds).Select(_ => shift + (deviation * Normal(random)))], new Allowance(allowed, EqualBreaks: true));

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
