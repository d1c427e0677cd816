namespace PerfAssert.Expressions;

/// <summary>A load or budget expression that cannot be understood. The message shows the expression, a caret, and what was expected.</summary>
public sealed class PerfExpressionException : FormatException
{
    /// <summary>Creates the error.</summary>
    /// <param name="expression">The whole expression.</param>
    /// <param name="column">Where it went wrong, counted from 1.</param>
    /// <param name="problem">What was wrong and what was expected, as one sentence without a full stop.</param>
    public PerfExpressionException(string expression, int column, string problem)
        : base($"{problem} (column {column}){Environment.NewLine}    {expression}{Environment.NewLine}    {new string(' ', Math.Max(0, column - 1))}^")
    {
        Expression = expression;
        Column = column;
        Problem = problem;
    }

    /// <summary>The whole expression, as typed.</summary>
    public string Expression { get; }

    /// <summary>Where it went wrong, counted from 1.</summary>
    public int Column { get; }

    /// <summary>What was wrong and what was expected.</summary>
    public string Problem { get; }
}
