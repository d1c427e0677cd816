using FluentAssertions;
using PerfAssert.Judging;
using Xunit;

namespace PerfAssert.Tests.Judging;

/// <summary>How often the judge is wrong about a service whose p95 is exactly its limit. Seeded: the same every time.</summary>
public sealed class CalibrationTests
{
    private const int Runs = 300;
    private const double Level = .05;

    [Theory]
    [InlineData(0)]
    [InlineData(.8)]
    public void A_service_at_its_limit_is_judged_wrongly_no_more_often_than_the_level(double stickiness)
    {
        var random = new Random(20250101);
        var plan = Make.Plan(Make.Less(Make.Percentile(95), 100));

        var verdicts = Enumerable.Range(0, Runs)
            .Select(_ => Judge.Decide(plan, Make.Measurement(Make.Round(AtTheLimit(random, stickiness))), looks: 1, look: 1).Verdicts[0].Verdict)
            .ToList();

        // Three standard deviations of a share of this size in so many runs.
        var noise = 3 * Math.Sqrt(Level * (1 - Level) / Runs);
        (verdicts.Count(v => v == Verdict.Met) / (double)Runs).Should().BeLessThan(Level + noise);
        (verdicts.Count(v => v == Verdict.Broken) / (double)Runs).Should().BeLessThan(Level + noise);
    }

    private static double[] AtTheLimit(Random random, double stickiness)
    {
        var slow = random.NextDouble() < .05;
        return [.. Enumerable.Range(0, 2_000).Select(_ =>
        {
            slow = random.NextDouble() < stickiness ? slow : random.NextDouble() < .05;
            return slow ? 200 + random.NextDouble() : 10 + random.NextDouble();
        })];
    }
}
