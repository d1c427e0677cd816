using FluentAssertions;
using FluentAssertions.Execution;
using FluentAssertions.Primitives;

namespace PerfAssert;

/// <summary>Assertions on what a performance test measured.</summary>
public sealed class PerfResultAssertions : ReferenceTypeAssertions<PerfResult?, PerfResultAssertions>
{
    internal PerfResultAssertions(PerfResult? subject)
        : base(subject)
    {
    }

    /// <inheritdoc/>
    protected override string Identifier => "performance result";

    /// <summary>Asserts that a budget holds, by the policy of the run; a budget that was not measured or an invalid run does not.</summary>
    /// <param name="budget">A budget expression, <c>"p99 &lt; 200 ms"</c>.</param>
    /// <param name="because">Why it should, as in every FluentAssertions method.</param>
    /// <param name="becauseArgs">Arguments of <paramref name="because"/>.</param>
    /// <returns>For more assertions.</returns>
    /// <exception cref="Expressions.PerfExpressionException">The expression is wrong.</exception>
    public AndConstraint<PerfResultAssertions> Meet(string budget, string because = "", params object[] becauseArgs)
    {
        ArgumentNullException.ThrowIfNull(budget);
        var judged = Subject?.Judge(budget);
        Execute.Assertion
            .ForCondition(judged is { Passed: true })
            .BecauseOf(because, becauseArgs)
            .FailWith("Expected {context} to meet {0}{reason}, but:" + Environment.NewLine + "{1}", budget, new Verbatim(judged?.Text ?? "there is no result"));
        return new AndConstraint<PerfResultAssertions>(this);
    }

    // A type of its own, because FluentAssertions puts strings in quotes and this one has lines.
    private sealed record Verbatim(string Text)
    {
        public override string ToString() => Text;
    }
}
