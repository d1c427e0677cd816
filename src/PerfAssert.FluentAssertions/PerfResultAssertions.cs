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

    /// <summary>
    /// Asserts that a budget passes, by the policy of the run; a budget that was not measured or an invalid run does not. A relative one that has nothing
    /// to be compared with passes unless the policy says <c>"notComparable": "fail"</c>.
    /// </summary>
    /// <param name="budget">A budget expression, <c>"p99 &lt; 200 ms"</c>.</param>
    /// <param name="because">Why it should, as in every FluentAssertions method.</param>
    /// <param name="becauseArgs">Arguments of <paramref name="because"/>.</param>
    /// <returns>For more assertions.</returns>
    /// <exception cref="Expressions.PerfExpressionException">The expression is wrong.</exception>
    [CustomAssertion] // Else the name in the message is looked for here, not in the test.
    public AndConstraint<PerfResultAssertions> Meet(string budget, string because = "", params object[] becauseArgs)
    {
        ArgumentNullException.ThrowIfNull(budget);
        var judged = Subject?.Judge(budget);
        Execute.Assertion
            .ForCondition(judged is { Passed: true })
            .BecauseOf(because, becauseArgs)
            .FailWith("Expected {context:performance result} to meet {0}{reason}, but:" + Environment.NewLine + Verbatim(judged?.Text ?? "there is no result"), budget);
        return new AndConstraint<PerfResultAssertions>(this);
    }

    // As an argument its lines would stand in quotes; in the message its braces, of a failed request's answer say, are no placeholders.
    private static string Verbatim(string text) => text.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);
}
