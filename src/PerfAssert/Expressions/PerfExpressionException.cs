namespace PerfAssert.Expressions;

/// <summary>A load or budget expression that cannot be understood. The message shows the expression, a caret, and what was expected.</summary>
public sealed class PerfExpressionException : FormatException
{
    private static readonly char[] LineEnds = ['\r', '\n'];

    /// <summary>Creates the error.</summary>
    /// <param name="expression">The whole expression.</param>
    /// <param name="column">Where it went wrong, counted from 1.</param>
    /// <param name="problem">What was wrong and what was expected, as one sentence without a full stop.</param>
    public PerfExpressionException(string expression, int column, string problem)
        : base($"{problem} (column {column}){Environment.NewLine}{Pointed(expression, column)}")
    {
        Expression = expression;
        Column = column;
        Problem = problem;
    }

    // The line of it that has the column, and a caret below.
    private static string Pointed(string expression, int column)
    {
        var at = Math.Clamp(column - 1, 0, expression.Length);
        var start = at == 0 ? 0 : expression.LastIndexOfAny(LineEnds, at - 1) + 1;
        var end = expression.IndexOfAny(LineEnds, at);
        var line = expression[start..(end < 0 ? expression.Length : end)];
        return $"    {line}{Environment.NewLine}    {new string(' ', at - start)}^";
    }

    /// <summary>The whole expression, as typed.</summary>
    public string Expression { get; }

    /// <summary>Where it went wrong, counted from 1.</summary>
    public int Column { get; }

    /// <summary>What was wrong and what was expected.</summary>
    public string Problem { get; }
}
