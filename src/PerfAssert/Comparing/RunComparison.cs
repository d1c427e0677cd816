using System.Collections.Immutable;
using PerfAssert.Budgets;
using PerfAssert.Judging;
using PerfAssert.Measurements;
using PerfAssert.Planning;
using PerfAssert.Promotion;
using PerfAssert.Runs;
using PerfAssert.Statistics;

namespace PerfAssert.Comparing;

/// <summary>Two sets of run files, with the verdicts of a run. Nothing is measured.</summary>
internal static class RunComparison
{
    private const double Alone = 0.01;
    private const double Suspect = 0.02;
    private const double Confirm = 0.025;
    private const int FewestTests = 3;

    /// <summary>What is allowed where the tests declare nothing relative.</summary>
    private static readonly ImmutableArray<Budget> Usual =
        [.. new[] { "p50 < baseline + 5 %", "p95 < baseline + 10 %", "p99 < baseline + 15 %", "errors <= baseline" }.Select(Budget.Parse)];

    private static readonly Budget Throughput = Budget.Parse("rps > baseline - 5 %");

    /// <summary>Compares.</summary>
    /// <param name="runs">The runs of a test at a time. None is kept, so that they need not fit into the memory together.</param>
    /// <param name="budgets">What is allowed; empty: the relative budgets of the head's last run, or the usual ones.</param>
    /// <param name="waivers">Those of a test, by its name.</param>
    public static ComparisonResult Compare(
        IEnumerable<TestRuns> runs, IReadOnlyCollection<Budget> budgets, Func<string, IEnumerable<PlannedWaiver>> waivers)
    {
        var tests = runs.Select(test => new Pending(test, budgets, [.. waivers(test.Test)])).ToList();
        var levels = Adjust(tests);
        return new ComparisonResult(
            [.. tests.Select(test => test.Decide(levels))],
            Suspicion([.. tests.SelectMany(test => test.Checks.Where(check => !check.IsShare).Take(1))]));
    }

    /// <summary>
    /// Whether each check is broken. Checks with a second block: the first one screens, and Holm over the suspects of all tests holds the
    /// second. The others: Holm over all tests.
    /// </summary>
    private static Dictionary<Check, (double PValue, bool Broken)> Adjust(List<Pending> tests)
    {
        var result = tests.SelectMany(test => test.Checks).ToDictionary(check => check, check => (check.PValue, Broken: false));
        var suspects = result.Keys.Where(check => check.Second is not null && check.PValue <= Suspect && check.Allowance.IsBeyond(check.Estimate)).ToList();
        foreach (var (check, p) in suspects.Zip(Holm.Adjust([.. suspects.Select(check => check.Second!.Value.PValue)])))
        {
            result[check] = (p, p <= Confirm && check.Allowance.IsBeyond(check.Second!.Value.Estimate));
        }

        foreach (var (check, p) in OfOneBlock(tests))
        {
            result[check] = (p, p <= Alone && check.Allowance.IsBeyond(check.Estimate));
        }

        return result;
    }

    /// <summary>
    /// Holm's step-down with a share of the level for each test: it is divided among the test's budgets, and handed on to the other tests when
    /// none of them is open.
    /// </summary>
    private static IEnumerable<(Check Check, double PValue)> OfOneBlock(List<Pending> tests)
    {
        var open = tests.Select(test => test.Checks.Where(check => check.Second is null).ToList()).Where(checks => checks.Count > 0).ToList();
        var largest = 0.0;
        foreach (var (check, p, test) in open.SelectMany(test => test.Select(check => (Check: check, P: InTest(check, test), Test: test))).OrderBy(item => item.P).ToList())
        {
            largest = Math.Max(largest, Math.Min(1, p * open.Count));
            yield return (check, largest);
            test.Remove(check);
            open.RemoveAll(other => other.Count == 0);
        }

        static double InTest(Check check, List<Check> test) => check.IsAdjustedInTest ? check.PValue : check.PValue * test.Count;
    }

    /// <summary>When half of the tests, and three, shift one way by a similar factor, the machine is likelier than the code.</summary>
    private static string? Suspicion(ImmutableArray<Check> one)
    {
        var shifts = one.Select(check => check.Estimate).ToList();
        foreach (var sign in new[] { 1, -1 })
        {
            var same = shifts.Where(shift => shift * sign > Math.Log(1.03)).Order().ToList();
            if (same.Count < FewestTests || 2 * same.Count < shifts.Count)
            {
                continue;
            }

            var median = same[same.Count / 2];
            var similar = same.Count(shift => shift / median is > 0.5 and < 1.5);
            if (similar >= FewestTests && 2 * similar >= shifts.Count)
            {
                return $"{similar} of {shifts.Count} tests are {(sign > 0 ? "worse" : "better")} by about {Say.Percent(Math.Exp(Math.Abs(median)) - 1)}: " +
                    "look for a change of the machine before one of the code";
            }
        }

        return null;
    }

    /// <summary>A test before the others are known.</summary>
    private sealed class Pending
    {
        private readonly ComparedTest found;
        private readonly ImmutableArray<ComparedBudget> refused = [];
        private readonly ImmutableArray<PlannedWaiver> waivers;
        private readonly VerdictPolicy policy = new();

        public Pending(TestRuns test, IReadOnlyCollection<Budget> budgets, ImmutableArray<PlannedWaiver> waivers)
        {
            this.waivers = waivers;
            ImmutableArray<RunFile> after = [.. test.After.Where(IsValid)];
            ImmutableArray<RunFile> all = [.. test.Before.Where(IsValid)];
            ImmutableArray<RunFile> before = [.. all.Where(run => after.All(head => head.StartedAt != run.StartedAt))];
            if (!after.IsEmpty)
            {
                policy = after[^1].Plan.Policy.ToPolicy();
            }

            found = new ComparedTest(test.Test, test.Environment, all.Length, after.Length, test.After.Length - after.Length, [], policy.Inconclusive, policy.NotComparable);
            if (all.IsEmpty || after.IsEmpty)
            {
                return;
            }

            var now = new Side(after);
            var allowed = budgets.Count > 0 ? budgets : Of(now.Last);
            (Checks, refused) = before.IsEmpty
                ? ([], [.. allowed.Select(budget => CheckBuilder.Refuse(budget, Verdict.NotComparable, "base and head hold the same runs: nothing is compared with itself"))])
                : new CheckBuilder(new Side(before), now).Build(allowed);
        }

        public ImmutableArray<Check> Checks { get; } = [];

        public ComparedTest Decide(Dictionary<Check, (double PValue, bool Broken)> adjusted)
        {
            var decided = Checks.Select(check => Waive(check, Decide(check, adjusted[check], policy, adjusted.Count))).Concat(refused);
            return found with { Budgets = [.. decided] };
        }

        /// <summary>As in a run: exactly the budget it names, up to its ceiling and its last day, and printed.</summary>
        private ComparedBudget Waive(Check check, ComparedBudget compared)
        {
            if (compared.Verdict is not (Verdict.Broken or Verdict.Inconclusive) || waivers.FirstOrDefault(waiver => waiver.Budget == check.Budget) is not { } waiver)
            {
                return compared;
            }

            var ceiling = waiver.Ceiling;
            var holds = ceiling.Kind == BudgetKind.Absolute
                ? Holds.At(ceiling, check.Values.Head)
                : check.Estimate <= Allowance.Of(ceiling, check.Values.Base).Allowed;
            return waiver.Expired ? compared with { Note = $"{compared.Note}; the waiver has expired: {waiver}" }
                : holds ? compared with { Waived = true, Note = $"{compared.Note}; waived {waiver}" }
                : compared with { Note = $"{compared.Note}; beyond the ceiling of its waiver {waiver}" };
        }

        private static ComparedBudget Decide(Check check, (double PValue, bool Broken) adjusted, VerdictPolicy policy, int all)
        {
            var error = 1 - policy.Confidence;
            var upper = check.ProvenUpper(error);
            var exact = check.Values.Head == 0 && check.Allowance.NoFailureHolds;
            var below = exact || !check.Allowance.IsBeyond(upper);
            var within = below && (exact || Proof.IsPrecise(check.Estimate, upper, check.Allowance.Allowed));
            var improved = within && upper < 0 && check.Estimate <= -Math.Abs(check.Allowance.Allowed);
            var verdict = adjusted.Broken ? Verdict.Broken : within ? Verdict.Met : Verdict.Inconclusive;
            var shown = check.Bounds(error / 2);
            var (one, other) = (check.Signed(shown.Lower), check.Signed(shown.Upper));
            var higher = check.Budget.Metric.HigherIsBetter;
            var forbidden = check.Second is null && check.LeastPValue * all > Alone && check.Allowance.IsBeyond(check.Estimate);
            return new ComparedBudget
            {
                Budget = check.Budget.ToString(),
                Metric = check.Budget.Metric,
                Verdict = verdict,
                Base = check.Values.Base,
                Head = check.Values.Head,
                Change = check.Signed(check.Estimate),
                Lower = higher ? other : one,
                Upper = higher ? one : other,
                PValue = adjusted.PValue,
                Improved = improved,
                Note = verdict == Verdict.Met && !improved ? null
                    : verdict == Verdict.Inconclusive && below ? $"{check.How}; {Proof.TooNoisy}"
                    : forbidden ? $"{check.How}; so few rounds cannot show a regression among so many tests: more rounds, or 5 base runs"
                    : check.How,
            };
        }

        private static bool IsValid(RunFile run) => run.Mode == RunMode.Gate && run.Outcome != RunOutcome.Invalid;

        private static ImmutableArray<Budget> Of(RunFile run)
        {
            var declared = RunConditions.BudgetsOf(run)
                .Where(budget => budget.Kind != BudgetKind.Absolute && budget.Metric.Family != MetricFamily.Telemetry)
                .DistinctBy(budget => budget.Metric.Name).ToImmutableArray();

            // Under open load the rate is the offered one.
            return !declared.IsEmpty ? declared : run.OpenLoop ? Usual : Usual.Add(Throughput);
        }
    }
}
