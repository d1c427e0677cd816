using System.Collections.Immutable;
using PerfAssert.Baselines;
using PerfAssert.Budgets;
using PerfAssert.Load;
using PerfAssert.Measurements;

namespace PerfAssert.Planning;

/// <summary>Everything decided before the first request of one test is sent.</summary>
/// <param name="TestName">The test's full name, <c>Namespace.Class.Method</c>, with its theory arguments in brackets if it has any.</param>
/// <param name="Load">The load.</param>
/// <param name="Budgets">What must hold; never empty. Includes the implied <c>errors &lt;= 0 %</c> when no errors budget was declared.</param>
/// <param name="Policy">How verdicts become pass or fail.</param>
/// <param name="Mode">Gate or smoke.</param>
/// <param name="EnvironmentName">The matched profile, or <c>default</c>.</param>
/// <param name="Price">What the environment costs; <see langword="null"/>: not declared.</param>
/// <param name="ResultsFolder">Full path of the folder run files go to.</param>
/// <param name="Notes">Every value that did not come from an attribute, with where it came from; printed in each result.</param>
internal sealed record PerfPlan(
    string TestName,
    LoadPlan Load,
    ImmutableArray<PlannedBudget> Budgets,
    VerdictPolicy Policy,
    PerfMode Mode,
    string EnvironmentName,
    Price? Price,
    string ResultsFolder,
    ImmutableArray<string> Notes)
{
    private readonly bool? confirms;
    private readonly GoodputRule? goodputRule;

    /// <summary>Full path of the folder of all baselines; <see langword="null"/>: none is meant.</summary>
    public string? BaselinesFolder { get; init; }

    /// <summary>What baseline budgets are held against; <see langword="null"/>: nothing is stored, or no budget asks.</summary>
    public StoredRuns? Stored { get; init; }

    /// <summary>Why no reference is measured although budgets ask for one; <see langword="null"/>: none asks, or there is one.</summary>
    public string? NoReference { get; init; }

    /// <summary>What makes a request good when it is measured: the limits of <see cref="Budgets"/>, unless said otherwise.</summary>
    public GoodputRule GoodputRule
    {
        get => goodputRule ?? Goodput.RuleOf([.. Budgets.Select(planned => planned.Budget)]);
        init => goodputRule = value;
    }

    /// <summary>Budgets of this test that may be broken for a while.</summary>
    public ImmutableArray<PlannedWaiver> Waivers { get; init; } = [];

    /// <summary>
    /// Whether what looks like a regression is measured again before it is called one: unless said otherwise, whether
    /// <see cref="LoadPlan.MaxDuration"/> leaves time for it, as far as is known before the run.
    /// </summary>
    public bool Confirms
    {
        get => confirms ?? (Load.MaxDuration is not { } longest || Blocks * Load.LeastDuration <= longest);
        init => confirms = value;
    }

    /// <summary>How often the planned rounds are measured until a regression is confirmed: once more, of two versions twice more.</summary>
    public int Blocks => Load.HasReference ? 3 : 2;
}
