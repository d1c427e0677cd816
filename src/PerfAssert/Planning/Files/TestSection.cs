using System.Collections.Immutable;
using PerfAssert.Budgets;
using PerfAssert.Load;
using PerfAssert.Planning.Json;

namespace PerfAssert.Planning.Files;

/// <summary>An entry of <c>tests</c>, or of <c>in</c> inside one.</summary>
internal sealed class TestSection
{
    public Located<LoadExpression>? Load { get; set; }

    public Located<WarmUp>? WarmUp { get; set; }

    public Located<int>? Rounds { get; set; }

    public Located<Arrivals>? Arrivals { get; set; }

    public Located<TimeSpan>? RequestTimeout { get; set; }

    public Located<int>? MaxInFlight { get; set; }

    public Located<int>? Seed { get; set; }

    public Located<TimeSpan>? MaxDuration { get; set; }

    public Located<bool>? EarlyEnd { get; set; }

    public ImmutableArray<Located<Budget>> Budgets { get; set; } = [];

    /// <summary>By environment, in file order; empty inside an <c>in</c>.</summary>
    public ImmutableArray<(Located<string> Name, TestSection Value)> In { get; set; } = [];
}
