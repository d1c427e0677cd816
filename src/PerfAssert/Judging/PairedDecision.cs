using System.Collections.Concurrent;
using System.Collections.Immutable;
using MathNet.Numerics.Distributions;
using PerfAssert.Statistics;

namespace PerfAssert.Judging;

/// <summary>
/// The rule for budgets against a reference. Broken takes three keys: the first block's difference is significant, it is beyond what is
/// allowed, and a second block, measured afresh, says both again. Met takes a proof as well: the bound of the difference is within what is
/// allowed. All else is Inconclusive.
/// </summary>
internal static class PairedDecision
{
    private const double Power = 0.8;
    private const int MostRounds = 100;

    private static readonly ConcurrentDictionary<(int Rounds, double Level, double Power), double> DetectableShifts = new();

    /// <summary>Decides the budgets of one test.</summary>
    /// <param name="gate">The test's budgets; all have the same pairs of rounds.</param>
    /// <param name="rounds">Pairs in a block.</param>
    /// <param name="confirms">Whether the plan has a second block.</param>
    /// <param name="levels">The levels.</param>
    public static ImmutableArray<PairedOutcome> Decide(IReadOnlyList<PairedEvidence> gate, int rounds, bool confirms, PairedLevels levels)
    {
        if (gate.Count == 0)
        {
            return [];
        }

        // One look, and several budgets that ask the same rounds: the p-value of each is adjusted for the others.
        var together = confirms ? null : SignFlips.MaxT([.. gate.Select(e => e.Differences.Take(rounds).Select(d => d - e.Neutral).ToArray())]);
        return [.. gate.Select((evidence, i) => Decide(evidence, rounds, confirms, together?[i], levels))];
    }

    private static PairedOutcome Decide(PairedEvidence evidence, int rounds, bool confirms, double? together, PairedLevels levels)
    {
        var first = new Block(evidence, 0, Math.Min(rounds, evidence.Differences.Count));
        var second = confirms && evidence.Differences.Count >= 2 * rounds ? new Block(evidence, rounds, rounds) : null;
        double[] all = [.. first.Differences, .. second?.Differences ?? []];
        var shift = new PairedShift(all);

        var level = confirms ? levels.Suspect : levels.Alone;
        var p = together is { } adjusted && !first.Merged ? Math.Max(adjusted, first.PValue) : first.PValue;
        var suspected = p <= level && evidence.IsBeyond(first.Estimate);
        var broken = suspected && (!confirms || second is { } fresh && fresh.PValue <= levels.Confirm && evidence.IsBeyond(fresh.Estimate));

        var bounds = shift.Bounds(second is null ? levels.Pass : levels.PassAgain);
        var within = !evidence.IsBeyond(bounds.Upper);
        var improved = within && bounds.Upper < 0 && shift.Estimate <= -Math.Abs(evidence.Allowed);
        var outcome = new PairedOutcome(Verdict.Inconclusive, shift.Estimate, bounds, p, all.Length)
        {
            ConfirmationPValue = second?.PValue,
            Detectable = Detectable(evidence, all, first.Differences.Length, confirms, level),
        };

        var least = LeastRounds(level);
        return first.Related || second?.Related == true
                ? outcome with { Verdict = Verdict.NotComparable, Note = "the difference drifts over the rounds, also with neighbours merged: the rounds are no replicates" }
            : first.Differences.Length < least
                ? outcome with { Note = TooFew(first, least), NeededRounds = first.Merged ? 2 * least : least }
            : broken ? outcome with { Verdict = Verdict.Broken }
            : suspected && confirms && second is null
                ? outcome with { AwaitsConfirmation = true, Note = "a regression is suspected, and was not measured a second time to confirm it" }
            : within ? outcome with { Verdict = Verdict.Met, Improved = improved }
            : outcome with
            {
                Note = suspected ? "a regression was suspected, and the second block did not confirm it" : null,
                NeededRounds = Needed(evidence, shift.Estimate, all, rounds, level, levels.Pass),
            };
    }

    private static string TooFew(Block first, int least) => first.Merged
        ? $"the difference drifts over the rounds; with neighbours merged {first.Differences.Length} are left, and at least {least} are needed"
        : $"{first.Differences.Length} rounds are too few: at least {least} are needed";

    /// <summary>The p-value of R pairs is never below 2^-R.</summary>
    private static int LeastRounds(double level) => (int)Math.Ceiling(-Math.Log2(level));

    /// <summary>
    /// Both keys of both blocks: the shift that the test finds, and the change from which on the estimate is beyond what is allowed. Of
    /// two blocks each must succeed.
    /// </summary>
    private static double Detectable(PairedEvidence evidence, double[] all, int rounds, bool confirms, double level)
    {
        if (rounds < 2 || all.Length < 2)
        {
            return double.PositiveInfinity;
        }

        var deviation = Student.MeanAndDeviation(all).Deviation;
        var power = confirms ? Math.Sqrt(Power) : Power;
        var shift = DetectableShifts.GetOrAdd((rounds, level, power), key => DetectableShift.Of(key.Rounds, key.Level, key.Power));
        var beyond = evidence.Allowed + (Normal.InvCDF(0, 1, power) * deviation / Math.Sqrt(rounds));
        return Math.Max(evidence.Neutral + (shift * deviation), beyond);
    }

    /// <summary>To prove it met where the estimate is within what is allowed, and to prove the worsening where it is not.</summary>
    private static int? Needed(PairedEvidence evidence, double estimate, double[] all, int rounds, double level, double pass)
    {
        var deviation = Student.MeanAndDeviation(all).Deviation;
        var needed = evidence.IsBeyond(estimate)
            ? DetectableShift.Rounds((estimate - evidence.Neutral) / deviation, level, Power)
            : DetectableShift.Rounds((evidence.Allowed - estimate) / deviation, pass, Power);
        return needed > rounds && needed <= MostRounds ? (int)needed : null;
    }

    /// <summary>Pairs that were measured together.</summary>
    private sealed class Block
    {
        public Block(PairedEvidence evidence, int first, int count)
        {
            Differences = [.. evidence.Differences.Skip(first).Take(count)];
            Merged = !RoundDiagnostics.AreIndependent(Differences);
            if (Merged)
            {
                Differences = RoundDiagnostics.Merge(Differences);
                Related = !RoundDiagnostics.AreIndependent(Differences);
            }

            PValue = evidence.PValue(Differences, first, count);
            Estimate = new PairedShift(Differences).Estimate;
        }

        public double[] Differences { get; }

        /// <summary>Whether neighbours had to be merged.</summary>
        public bool Merged { get; }

        /// <summary>Whether that did not help.</summary>
        public bool Related { get; }

        public double PValue { get; }

        public double Estimate { get; }
    }
}
