using System.Collections.Immutable;
using PerfAssert.Budgets;
using PerfAssert.Measurements;
using PerfAssert.Planning;

namespace PerfAssert.Judging;

/// <summary>Budgets against the other version, measured in the same run. They are decided together, because they ask the same rounds.</summary>
internal sealed class ReferenceRule
{
    /// <summary>What of a percentile's own tail a round must show: a p99 of fewer than 500 requests is the value of its slowest few.</summary>
    private const double TailRequests = 5;

    private readonly PerfPlan plan;
    private readonly MeasuredRun candidate;
    private readonly MeasuredRun reference;
    private readonly ImmutableArray<(Round Candidate, Round Reference)> pairs;
    private readonly Dictionary<Budget, Finding> refused = [];
    private readonly Dictionary<Budget, (PairedEvidence Evidence, PairedOutcome Outcome, Values Values)> decided = [];

    public ReferenceRule(PerfPlan plan, MeasuredRun candidate, Measurement measurement)
    {
        (this.plan, this.candidate) = (plan, candidate);
        reference = new MeasuredRun(measurement, plan.Load, Variant.Reference);

        // The first block, and what there is of the second one.
        pairs = [.. candidate.Rounds.Zip(reference.Rounds).Take(plan.Load.Rounds * (plan.Confirms ? PairedDecision.Looks : 1))];
        var gate = new List<(Budget Budget, PairedEvidence Evidence, Values Values)>();
        foreach (var budget in plan.Budgets.Select(b => b.Budget).Where(b => b.Kind == BudgetKind.Reference))
        {
            if (Refuse(budget) is { } finding)
            {
                refused[budget] = finding;
            }
            else if (ValuesOf(budget) is { } values)
            {
                gate.Add((budget, EvidenceOf(budget, values), values));
            }
            else
            {
                refused[budget] = Refused(Verdict.NotComparable, $"a round of one version has no {budget.Metric.Name}");
            }
        }

        var outcomes = PairedDecision.Decide([.. gate.Select(g => g.Evidence)], plan.Load.Rounds, plan.Confirms, PairedLevels.Of(plan.Policy.Confidence));
        foreach (var ((budget, evidence, values), outcome) in gate.Zip(outcomes))
        {
            decided[budget] = (evidence, outcome, values);
        }
    }

    /// <summary>Requests a round must have before its percentile is more than its slowest few.</summary>
    public static long RequestsFor(Metric metric) => (long)Math.Ceiling((TailRequests / (1 - metric.Fraction)) - 1e-9);

    /// <summary>Judges one budget.</summary>
    /// <param name="budget">The budget, one of the plan's.</param>
    /// <param name="observed">What was observed of the candidate.</param>
    /// <param name="against">What was observed of the reference.</param>
    public Finding Judge(Budget budget, Finding observed, Func<MeasuredRun, Finding> against)
    {
        var basis = observed with { ObservedHolds = false, NeededCount = null, NeededRounds = null, Note = null };
        if (refused.TryGetValue(budget, out var finding))
        {
            return basis with { Verdict = finding.Verdict, Note = finding.Note };
        }

        var (evidence, outcome, values) = decided[budget];
        var change = ToChange(budget, evidence, outcome, values) with { Against = against(reference).Observed };
        if (outcome.Verdict == Verdict.Met && HidesBehindTimeouts(budget.Metric))
        {
            return basis with
            {
                Verdict = Verdict.Inconclusive,
                Note = $"so many requests timed out that {budget.Metric.Name} of both versions lies among them: they may differ, and nobody knows by how much",
                Change = change with { Improved = false },
            };
        }

        return basis with
        {
            Verdict = outcome.Verdict,
            Note = Note(budget, outcome),
            AwaitsConfirmation = outcome.AwaitsConfirmation,
            Change = change,
        };
    }

    private Finding? Refuse(Budget budget)
    {
        if ((plan.NoReference ?? Comparability.Problem(budget, candidate, reference, plan.Policy)) is { } problem)
        {
            return Refused(Verdict.NotComparable, problem);
        }

        if (pairs.IsEmpty)
        {
            return Refused(Verdict.NotComparable, "no round was measured of both versions");
        }

        return budget.Metric.Statistic == Statistic.Percentile && TooShort(budget.Metric) is { } tooShort
            ? Refused(Verdict.Inconclusive, tooShort)
            : null;
    }

    private Finding Refused(Verdict verdict, string note) => new(verdict, candidate.Requests) { Note = note };

    private string? TooShort(Metric metric)
    {
        var fewest = pairs.SelectMany(p => new[] { p.Candidate, p.Reference }).Min(r => Series.Sample(metric, [r]).Count);
        var needed = RequestsFor(metric);
        return fewest >= needed ? null
            : $"{metric.Name} needs {Say.Count(needed)} requests a round and version, and one round had {Say.Count(fewest)}: " +
              $"{plan.Load.Rounds} rounds take {Say.Count(needed * plan.Load.Rounds)}; lengthen the load, or compare a lower percentile";
    }

    /// <summary>Two values that are both only known to be above the timeout are not equal.</summary>
    private bool HidesBehindTimeouts(Metric metric) =>
        pairs.Any(pair => RoundValue.IsCensored(metric, pair.Candidate) && RoundValue.IsCensored(metric, pair.Reference));

    private Values? ValuesOf(Budget budget)
    {
        var price = plan.Price?.UsdPerHour;
        var own = pairs.Select(p => RoundValue.Of(budget.Metric, p.Candidate, plan.Load, price)).OfType<double>().ToImmutableArray();
        var other = pairs.Select(p => RoundValue.Of(budget.Metric, p.Reference, plan.Load, price)).OfType<double>().ToImmutableArray();
        return own.Length == pairs.Length && other.Length == pairs.Length ? new Values(own, other) : null;
    }

    private PairedEvidence EvidenceOf(Budget budget, Values values)
    {
        if (budget.Metric.Family == MetricFamily.Errors)
        {
            var failures = Allowance.Of(budget, (double)reference.Failed / reference.Requests);
            return new PairedEvidence([.. values.Candidate.Zip(values.Reference, (c, r) => c - r)], failures)
            {
                AlsoPValue = (first, count) => FailuresPValue(failures, first, count),
                AlsoDetectable = (count, level, power) => failures.DetectableFailures(
                    candidate.Requests * count / pairs.Length, reference.Failed * count / pairs.Length, reference.Requests * count / pairs.Length, level, power),
                NothingFailed = candidate.Failed == 0,
            };
        }

        var sign = budget.Metric.HigherIsBetter ? -1 : 1;
        var allowance = Allowance.Of(budget, Math.Exp(values.Reference.Average(Math.Log)));
        return new PairedEvidence([.. values.Candidate.Zip(values.Reference, (c, r) => sign * Math.Log(c / r))], allowance);
    }

    /// <summary>Failed requests of a block, both versions: rounds alone say little about a handful of failures.</summary>
    private double FailuresPValue(Allowance allowance, int first, int count)
    {
        var block = pairs.Skip(first).Take(count).ToList();
        return allowance.FailuresPValue(
            block.Sum(p => p.Candidate.Failed), block.Sum(p => p.Candidate.Requests), block.Sum(p => p.Reference.Failed), block.Sum(p => p.Reference.Requests));
    }

    private static Change ToChange(Budget budget, PairedEvidence evidence, PairedOutcome outcome, Values values)
    {
        var isDifference = budget.Metric.Family == MetricFamily.Errors;
        var sign = budget.Metric.HigherIsBetter ? -1 : 1;
        var (one, other) = (Bound(outcome.Bounds.Lower), Bound(outcome.Bounds.Upper));
        return new Change
        {
            Estimate = Signed(outcome.Estimate),
            Lower = sign > 0 ? one : other,
            Upper = sign > 0 ? other : one,
            Confidence = outcome.Confidence,
            Allowed = Signed(evidence.Allowance.Allowed),
            IsDifference = isDifference,
            PValue = outcome.PValue,
            ConfirmationPValue = outcome.ConfirmationPValue,
            Rounds = outcome.Rounds,
            Detectable = Bound(outcome.Detectable),
            NeededRounds = outcome.NeededRounds,
            Improved = outcome.Improved,
            Candidate = values.Candidate,
            Reference = values.Reference,
        };

        double Signed(double worse) => isDifference ? worse : Math.Exp(sign * worse) - 1;
        double? Bound(double worse) => double.IsFinite(worse) ? Signed(worse) : null;
    }

    private static string? Note(Budget budget, PairedOutcome outcome) => outcome switch
    {
        { Note: { } note } => note,
        { Improved: true } => $"improved: {budget.Metric.Name} is better than the reference's by more than the budget's own size",
        _ => null,
    };

    private sealed record Values(ImmutableArray<double> Candidate, ImmutableArray<double> Reference);
}
