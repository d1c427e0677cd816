namespace PerfAssert.Planning;

/// <summary>A test that cannot be planned: a wrong attribute, a wrong <c>perf-budgets.json</c>, no budget. Says what, where, what was expected and what to do.</summary>
public sealed class PerfPlanException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">What was wrong, where, and what to do.</param>
    public PerfPlanException(string message)
        : base(message)
    {
    }

    /// <summary>Empty: the mistake is where the message says, not where it was found.</summary>
    public override string StackTrace => string.Empty;
}
