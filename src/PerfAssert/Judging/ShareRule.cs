using PerfAssert.Statistics;

namespace PerfAssert.Judging;

/// <summary>
/// Whether a share of requests (over a latency limit, or failed) is proved below or above the share a budget allows: the exact
/// binomial test on the counts that autocorrelation leaves and, from five rounds on, a t test on the rounds' shares; the more
/// cautious of the two answers.
/// </summary>
internal sealed class ShareRule
{
    private readonly long count;
    private readonly long exceedances;
    private readonly double allowed;
    private readonly double tau;
    private readonly Level level;

    public ShareRule(long count, long exceedances, double allowed, double tau, IReadOnlyList<double> roundShares, Level level)
    {
        (this.count, this.exceedances, this.allowed, this.tau, this.level) = (count, exceedances, allowed, tau, level);
        EffectiveCount = (long)Math.Floor(count / tau);
        var within = ExceedanceTest.IsWithin((long)Math.Ceiling(exceedances / tau), EffectiveCount, allowed, level.PerLook);
        var over = ExceedanceTest.IsOver((long)Math.Floor(exceedances / tau), EffectiveCount, allowed, level.PerLook);
        var byCount = Verdict(within, over);
        Result = byCount == ByRounds(roundShares) ? byCount : Judging.Verdict.Inconclusive;
        RoundsDisagree = byCount != Result;

        Verdict? ByRounds(IReadOnlyList<double> shares)
        {
            if (shares.Count < MeasuredRun.EnoughRounds)
            {
                return byCount;
            }

            var (mean, deviation) = Student.MeanAndDeviation([.. shares]);
            if (!(deviation > 0))
            {
                return byCount;
            }

            var t = (mean - allowed) / (deviation / Math.Sqrt(shares.Count));
            var critical = Student.Critical(level.PerLook, shares.Count - 1);
            return Verdict(t <= -critical, t >= critical);
        }
    }

    public Verdict Result { get; }

    public long EffectiveCount { get; }

    /// <summary>The requests without which no sample could prove the budget met; <see langword="null"/>: there are enough.</summary>
    public long? NeededCount =>
        MinimumCount <= EffectiveCount ? null : (long)Math.Ceiling(MinimumCount * tau);

    private bool RoundsDisagree { get; }

    private long MinimumCount => ExceedanceTest.MinimumCount(allowed, level.PerLook);

    /// <summary>Why it is inconclusive.</summary>
    /// <param name="what">What is to be shown: <c>p99</c>, <c>errors &lt; 0.1 %</c>.</param>
    /// <param name="over">What the counted requests did: <c>over the limit</c>, <c>failed</c>.</param>
    public string Explain(string what, string over)
    {
        if (NeededCount is { } needed)
        {
            return $"{what} cannot be shown by {Say.Count(count)} requests: {Say.Count(needed)} are needed{Conditions()}";
        }

        var counted = $"{Say.Count(exceedances)} of {Say.Count(count)} requests {over}, {Say.Percent(allowed)} allowed";
        if (RoundsDisagree)
        {
            return $"{counted}: the requests together would decide it, but the rounds differ too much from each other";
        }

        var most = ExceedanceTest.MostForWithin(EffectiveCount, allowed, level.PerLook);
        var least = ExceedanceTest.LeastForOver(EffectiveCount, allowed, level.PerLook);
        var proof = least is null
            ? $"at most {Count(most)} would prove it met"
            : $"at most {Count(most)} would prove it met and at least {Count(least)} broken";
        return $"{counted}: {proof}{Conditions()}; a service at its budget can be proved neither way";

        string Count(long? effective) => Say.Count(Math.Round((effective ?? 0) * tau));
    }

    private string Conditions()
    {
        var looks = level.Looks > 1 ? $"{level.Looks} looks share the {Say.Percent(level.Total)} error" : null;
        var correlated = tau >= 1.005 ? $"autocorrelation {Say.Figure(tau)}" : null;
        var all = string.Join(", ", new[] { looks, correlated }.OfType<string>());
        return all.Length == 0 ? "" : $" ({all})";
    }

    private static Verdict Verdict(bool within, bool over) =>
        within ? Judging.Verdict.Met : over ? Judging.Verdict.Broken : Judging.Verdict.Inconclusive;
}
