using System.Collections.Concurrent;
using System.Collections.Immutable;
using MathNet.Numerics.Distributions;
using PerfAssert.Statistics;

namespace PerfAssert.Judging;

/// <summary>
/// The rule for budgets against a reference. Broken takes three keys: the first block's difference is significant, it is beyond what is
/// allowed, and a second block of twice as many rounds, measured afresh, says both again. Met takes a proof as well: the bound of the difference
/// is within what is allowed. All else is Inconclusive.
/// </summary>
internal static class PairedDecision
{
    /// <summary>Of a whole plan, in planned rounds: one block of them, and two for the second block.</summary>
    public const int Looks = 3;

    private const double Power = 0.8;
    private const int MostRounds = 100;

    private static readonly ConcurrentDictionary<(int Rounds, double Level, double Power), double> DetectableShifts = new();

    /// <summary>Decides the budgets of one test.</summary>
    /// <param name="gate">The test's budgets; all have the same pairs of rounds.</param>
    /// <param name="rounds">Pairs in the first block.</param>
    /// <param name="confirms">Whether the plan has a second block.</param>
    /// <param name="levels">The levels.</param>
    public static ImmutableArray<PairedOutcome> Decide(IReadOnlyList<PairedEvidence> gate, int rounds, bool confirms, PairedLevels levels)
    {
        if (gate.Count == 0)
        {
            return [];
        }

        var first = gate.Select(evidence => new Block(evidence, 0, rounds)).ToList();
        if (!confirms)
        {
            // One look, and several budgets that ask the same rounds: the p-value of each is adjusted for the others.
            var together = Block.Together(first);
            return [.. first.Select((block, i) => Decide(block, together[i], null, null, rounds, confirms, levels))];
        }

        // The second block is looked at only when something is suspected.
        var suspected = first.Exists(block => block.IsWorse(block.PValue, levels.Suspect));
        var second = suspected && gate[0].Differences.Count >= Looks * rounds ? gate.Select(evidence => new Block(evidence, rounds, (Looks - 1) * rounds)).ToList() : null;
        var again = second is null ? null : Block.Together(second);
        return [.. first.Select((block, i) => Decide(block, block.PValue, second?[i], again?[i], rounds, confirms, levels))];
    }

    private static PairedOutcome Decide(Block first, double p, Block? second, double? again, int rounds, bool confirms, PairedLevels levels)
    {
        var evidence = first.Evidence;
        var allowance = evidence.Allowance;
        var level = confirms ? levels.Suspect : levels.Alone;
        var suspected = first.IsWorse(p, level);
        var broken = suspected && (!confirms || (second is not null && second.IsWorse(again!.Value, levels.Confirm)));

        var look = confirms ? Math.Clamp(evidence.Differences.Count / rounds, 1, Looks) : 1;
        double[] measured = [.. evidence.Differences.Take(look * rounds)];
        var series = new RoundSeries(measured);
        var pass = confirms ? levels.PassAt(look) : levels.Pass;
        var shift = series.Shift;
        var bounds = shift.Bounds(pass);
        var upper = series.ProvenUpper(pass);
        var exact = evidence.NothingFailed && allowance.NoFailureHolds;
        var below = exact || !allowance.IsBeyond(upper);
        var within = below && (exact || Proof.IsPrecise(shift.Estimate, upper, allowance.Allowed));
        var improved = within && upper < 0 && shift.Estimate <= -Math.Abs(allowance.Allowed);
        var outcome = new PairedOutcome(Verdict.Inconclusive, shift.Estimate, bounds, p, measured.Length)
        {
            Confidence = 1 - pass,
            ConfirmationPValue = suspected ? again : null,
            Detectable = Detectable(evidence, series.Differences, first.Differences.Length, confirms, levels),
        };

        var least = LeastRounds(level);
        return first.Differences.Length < least
                ? outcome with { Note = $"{first.Differences.Length} rounds are too few: at least {least} are needed", NeededRounds = least }
            : broken ? outcome with { Verdict = Verdict.Broken, Note = series.Drifts ? "the difference drifts over the rounds" : null }
            : suspected && confirms && second is null
                ? outcome with { AwaitsConfirmation = true, Note = "a regression is suspected, and was not measured again to confirm it" }
            : series.Wanders && !suspected && !exact
                ? outcome with { Verdict = Verdict.NotComparable, Note = "the difference drifts over the rounds, also with neighbours merged: the rounds are no replicates" }
            : within ? outcome with { Verdict = Verdict.Met, Improved = improved }
            : outcome with
            {
                AwaitsConfirmation = confirms && look < Looks && CouldPass(evidence, shift.Estimate, series.Differences, rounds, levels),
                Note = suspected ? "a regression was suspected, and the second block did not confirm it"
                    : below ? Proof.TooNoisy
                    : series.Drifts ? $"the difference drifts over the rounds; with neighbours merged {series.Differences.Length} are left"
                    : null,
                NeededRounds = Needed(evidence, shift.Estimate, series.Differences, rounds, confirms, levels),
            };
    }

    /// <summary>The p-value of R pairs is never below 2^-R.</summary>
    private static int LeastRounds(double level) => (int)Math.Ceiling(-Math.Log2(level));

    /// <summary>Whether all looks together could prove it met: what is seen is within what is allowed, and the noise leaves room for a proof.</summary>
    private static bool CouldPass(PairedEvidence evidence, double estimate, double[] differences, int rounds, PairedLevels levels)
    {
        var all = Looks * rounds;
        var half = Student.Critical(levels.PassAt(Looks), all - 1) * Student.MeanAndDeviation(differences).Deviation / Math.Sqrt(all);
        return !evidence.Allowance.IsBeyond(estimate) && half < Proof.Room(Math.Min(estimate, evidence.Allowance.Neutral), evidence.Allowance.Allowed);
    }

    /// <summary>
    /// Both keys of both blocks: the shift that the tests find, and the change from which on the estimate is beyond what is allowed. Of
    /// two blocks each must succeed.
    /// </summary>
    private static double Detectable(PairedEvidence evidence, double[] all, int rounds, bool confirms, PairedLevels levels)
    {
        if (rounds < 2 || all.Length < 2)
        {
            return double.PositiveInfinity;
        }

        var deviation = Student.MeanAndDeviation(all).Deviation;
        var power = confirms ? Math.Sqrt(Power) : Power;
        var shift = confirms ? Math.Max(Shift(rounds, levels.Suspect), Shift((Looks - 1) * rounds, levels.Confirm)) : Shift(rounds, levels.Alone);
        var beyond = evidence.Allowance.Allowed + (Normal.InvCDF(0, 1, power) * deviation / Math.Sqrt(rounds));
        var also = evidence.AlsoDetectable is not { } by ? double.NegativeInfinity
            : confirms ? Math.Max(by(rounds, levels.Suspect, power), by((Looks - 1) * rounds, levels.Confirm, power))
            : by(rounds, levels.Alone, power);
        return Math.Max(Math.Max(evidence.Allowance.Neutral + (shift * deviation), beyond), also);

        double Shift(int pairs, double level) =>
            DetectableShifts.GetOrAdd((pairs, level, power), key => DetectableShift.Of(key.Rounds, key.Level, key.Power));
    }

    /// <summary>To prove it met where the estimate is within what is allowed, and to suspect the worsening where it is not.</summary>
    private static int? Needed(PairedEvidence evidence, double estimate, double[] all, int rounds, bool confirms, PairedLevels levels)
    {
        if (all.Length < 2)
        {
            return null;
        }

        var deviation = Student.MeanAndDeviation(all).Deviation;
        var allowance = evidence.Allowance;
        var needed = allowance.IsBeyond(estimate) ? DetectableShift.Rounds((estimate - allowance.Neutral) / deviation, confirms ? levels.Suspect : levels.Alone, Power)
            : confirms ? Math.Ceiling(DetectableShift.Rounds(Proof.Room(estimate, allowance.Allowed) / deviation, levels.PassAt(Looks), Power) / Looks)
            : DetectableShift.Rounds(Proof.Room(estimate, allowance.Allowed) / deviation, levels.Pass, Power);
        return needed > rounds && needed <= MostRounds ? (int)needed : null;
    }

    /// <summary>
    /// Pairs that were measured together, as they are: which version comes first in a pair is drawn, so that without a difference each sign is as
    /// likely as the other, whatever drifts.
    /// </summary>
    private sealed class Block(PairedEvidence evidence, int start, int count)
    {
        private readonly double further = evidence.AlsoPValue?.Invoke(start, count) ?? 0;

        public PairedEvidence Evidence => evidence;

        public double[] Differences { get; } = [.. evidence.Differences.Skip(start).Take(count)];

        /// <summary>Of this budget alone.</summary>
        public double PValue => Math.Max(SignFlips.PValue(Scored()), further);

        /// <summary>Of each budget, adjusted for the others.</summary>
        public static double[] Together(IReadOnlyList<Block> gate) =>
            [.. SignFlips.MaxT([.. gate.Select(block => block.Scored())]).Zip(gate, (p, block) => Math.Max(p, block.further))];

        /// <summary>Whether both keys are there.</summary>
        public bool IsWorse(double p, double level) => p <= level && evidence.Allowance.IsBeyond(new PairedShift(Differences).Estimate);

        private double[] Scored() => [.. Differences.Select(difference => difference - evidence.Allowance.Neutral)];
    }
}
