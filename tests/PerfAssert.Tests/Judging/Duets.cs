using System.Globalization;
using PerfAssert.Budgets;
using PerfAssert.Measurements;
using PerfAssert.Planning;

namespace PerfAssert.Tests.Judging;

/// <summary>Plans and measurements of two versions, round by round.</summary>
internal static class Duets
{
    public const int Rounds = 8;

    /// <summary>Which the differences of a pair vary by, in percent: no trend, no pattern, the same in each block.</summary>
    private static readonly double[] Noise = [.4, -.3, .1, -.5, .6, -.2, .3, -.4];

    public static PerfPlan Plan(params string[] budgets)
    {
        var plan = Make.Plan([.. budgets.Select(Budget.Parse)]);
        return plan with { Load = plan.Load with { Rounds = Rounds, HasReference = true } };
    }

    /// <summary>Pairs of rounds of 600 requests about 10 ms; the candidate's are so many times as long, and vary a little between rounds.</summary>
    public static Measurement Measurement(int pairs, double ratio, Func<Round, Round>? candidate = null, Func<Round, Round>? reference = null) =>
        Of(Enumerable.Repeat(ratio, pairs), candidate, reference);

    /// <summary>The same with a ratio for each pair.</summary>
    public static Measurement Of(IEnumerable<double> ratios, Func<Round, Round>? candidate = null, Func<Round, Round>? reference = null) =>
        Make.Measurement([.. ratios.SelectMany((ratio, i) => new[]
        {
            Change(Round(Variant.Candidate, 10 * ratio * (1 + (Noise[i % Noise.Length] / 100))), candidate),
            Change(Round(Variant.Reference, 10), reference),
        })]);

    public static Round Round(Variant variant, double milliseconds) =>
        Make.Round([.. Enumerable.Range(0, 600).Select(i => milliseconds * (1 + (i % 100 / 1000.0)))]) with { Variant = variant, VariantRead = true };

    /// <summary>A round in which so many requests failed.</summary>
    public static Func<Round, Round> Failing(long failed) => round => round with { Failed = failed, Succeeded = round.Succeeded - failed };

    public static string Percent(double? change) => Math.Round((change ?? double.NaN) * 100, 1).ToString(CultureInfo.InvariantCulture);

    private static Round Change(Round round, Func<Round, Round>? change) => change?.Invoke(round) ?? round;
}
