namespace PerfAssert;

/// <summary>
/// How the requests of a performance test are sent: a load expression such as <c>"200 rps for 30 s"</c>,
/// <c>"8 users for 1 min"</c>, <c>"100 requests by 10 users"</c> or <c>"0 to 500 rps over 1 min, 500 rps for 2 min"</c>.
/// </summary>
/// <remarks>The attribute nearest to the test wins: method, then class, then assembly.</remarks>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Method)]
public sealed class LoadAttribute : Attribute
{
    /// <summary>Declares the load.</summary>
    /// <param name="expression">A load expression. A wrong one fails the test before any request is sent, naming column and what was expected.</param>
    public LoadAttribute(string expression) => Expression = expression;

    /// <summary>The load expression, as typed.</summary>
    public string Expression { get; }

    /// <summary>
    /// What is sent before the measured rounds and kept out of them: a duration (<c>"5 s"</c>) or a count (<c>"20 requests"</c>).
    /// Default: a tenth of the load's length or count, at most 5 s or 100 requests. <c>"0 s"</c> turns it off.
    /// </summary>
    public string? WarmUp { get; set; }

    /// <summary>
    /// Measured passes of the whole load. Default 1; with a relative budget 8, which share a load of one steady phase, while rounds that are set each
    /// repeat the whole. Legal: 1 to 100.
    /// </summary>
    public int Rounds { get => RoundsOrUnset ?? 1; set => RoundsOrUnset = value; }

    /// <summary>How open-loop arrivals are spread. Default <see cref="Arrivals.Constant"/>.</summary>
    public Arrivals Arrivals { get; set; }

    /// <summary>After how long a request counts as timed out. Default <c>"30 s"</c>. Legal: 1 ms to 1 h.</summary>
    public string RequestTimeout { get; set; } = "30 s";

    /// <summary>
    /// Requests in flight at most. An arrival beyond it is never dropped: it waits, and the wait is part of its latency.
    /// Default 1,000. Legal: 1 to 1,000,000.
    /// </summary>
    public int MaxInFlight { get; set; } = 1000;

    /// <summary>Seed of the arrivals and of <see cref="PerfRequest.Random"/>. Default 1.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>
    /// The longest the measured part may take, repeated rounds included: a duration such as <c>"2 min"</c>. A load that counts requests ends
    /// there, and an undecided budget is not measured again beyond it. Default: none; a load is measured three times at most.
    /// Legal: 1 s to 24 h, and not less than the load itself.
    /// </summary>
    public string? MaxDuration { get; set; }

    /// <summary>
    /// Whether the load ends as soon as every budget is proved met or broken, after 10 s and 1,000 requests at the earliest. Default
    /// <see langword="true"/>. It applies to a load of one round with one steady phase and absolute budgets; others run whole.
    /// </summary>
    public bool EarlyEnd { get; set; } = true;

    internal int? RoundsOrUnset { get; private set; }
}
