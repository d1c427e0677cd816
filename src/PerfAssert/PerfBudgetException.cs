namespace PerfAssert;

/// <summary>A performance test that failed: a broken budget, an invalid run, or nothing measured. The message is the whole result.</summary>
public sealed class PerfBudgetException : Exception
{
    /// <summary>Creates the failure.</summary>
    /// <param name="result">The failed result.</param>
    public PerfBudgetException(PerfResult result)
        : base(result?.Text) => Result = result ?? throw new ArgumentNullException(nameof(result));

    /// <summary>What was measured and decided.</summary>
    public PerfResult Result { get; }

    /// <summary>Empty: the place where a budget is judged tells nobody anything; the message does.</summary>
    public override string StackTrace => string.Empty;
}
