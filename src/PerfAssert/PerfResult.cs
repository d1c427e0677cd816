using System.Collections.Immutable;
using PerfAssert.Budgets;
using PerfAssert.Planning;

namespace PerfAssert;

/// <summary>What one performance test measured and what was decided.</summary>
public sealed class PerfResult
{
    private readonly Func<ImmutableArray<PlannedBudget>, PerfResult> judgeAgain;

    internal PerfResult(bool passed, string text, string? runFile, Func<ImmutableArray<PlannedBudget>, PerfResult> judgeAgain)
    {
        this.judgeAgain = judgeAgain;
        Passed = passed;
        Text = text;
        RunFile = runFile;
    }

    /// <summary>Whether every budget held, by policy, in a valid run.</summary>
    public bool Passed { get; }

    /// <summary>The result as people read it: every budget, met and broken, the latencies, the errors, the generator's own health.</summary>
    public string Text { get; }

    /// <summary>Full path of the run file; <see langword="null"/> when it could not be written, which fails the test, and for what <see cref="Judge"/> returns.</summary>
    public string? RunFile { get; }

    /// <summary>
    /// Holds the same measurement against other budgets. Nothing is sent or written again; goodput keeps the latency limits of the
    /// budgets it was measured with.
    /// </summary>
    /// <param name="budgets">At least one budget expression, <c>"p99 &lt; 200 ms"</c>.</param>
    /// <returns>The result for these budgets alone.</returns>
    /// <exception cref="ArgumentException">No budget is given.</exception>
    /// <exception cref="Expressions.PerfExpressionException">An expression is wrong.</exception>
    public PerfResult Judge(params string[] budgets)
    {
        ArgumentNullException.ThrowIfNull(budgets);
        return budgets.Length > 0
            ? judgeAgain([.. budgets.Select(budget => new PlannedBudget(Budget.Parse(budget), "a budget given to Judge"))])
            : throw new ArgumentException("Name at least one budget: a result judged against nothing says nothing.", nameof(budgets));
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
