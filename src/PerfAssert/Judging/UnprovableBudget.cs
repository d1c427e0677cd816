using PerfAssert.Planning;

namespace PerfAssert.Judging;

/// <summary>A budget that the planned load cannot prove, whatever the server does.</summary>
/// <param name="Budget">The budget.</param>
/// <param name="Planned">Requests of all rounds and looks.</param>
/// <param name="Needed">Requests that would be needed if they were independent.</param>
internal sealed record UnprovableBudget(PlannedBudget Budget, long Planned, long Needed)
{
    /// <summary>The sentence for people, without a full stop.</summary>
    public override string ToString() =>
        $"{Budget.Budget.Metric.Name} cannot be shown by {Say.Count(Planned)} requests: {Say.Count(Needed)} are needed";
}
