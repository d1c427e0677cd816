namespace PerfAssert;

/// <summary>
/// What must hold: budget expressions such as <c>"p99 &lt; 200 ms"</c>, <c>"errors &lt; 0.1 %"</c>, <c>"rps > 180"</c>,
/// <c>"$/1k req &lt; 0.02"</c> or <c>"p99 &lt; baseline + 10 % or 2 ms"</c>. May be repeated.
/// </summary>
/// <remarks>
/// Budgets of assembly, class and method add up; one nearer to the test replaces one of the same metric and the same kind
/// (absolute, baseline, reference).
/// </remarks>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class BudgetAttribute : Attribute
{
    /// <summary>Declares budgets.</summary>
    /// <param name="expressions">One or more budget expressions. A wrong one fails the test before any request is sent.</param>
    public BudgetAttribute(params string[] expressions) => Expressions = expressions;

    /// <summary>The expressions, as typed.</summary>
    public IReadOnlyList<string> Expressions { get; }
}
