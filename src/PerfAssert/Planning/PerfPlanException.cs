namespace PerfAssert.Planning;

/// <summary>A test that cannot be planned: a wrong attribute, a wrong <c>perf-budgets.json</c>, no budget. Says what, where, what was expected and what to do.</summary>
public sealed class PerfPlanException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">What was wrong, where, and what to do.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public PerfPlanException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
