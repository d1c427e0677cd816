using System.Globalization;
using PerfAssert.Budgets;

namespace PerfAssert.Planning;

/// <summary>A budget of this test that may be broken for a while.</summary>
/// <param name="Budget">The budget, as the test has it.</param>
/// <param name="Ceiling">What must hold meanwhile.</param>
/// <param name="Until">The last day, in UTC.</param>
/// <param name="Expired">Whether that day is over.</param>
/// <param name="Issue">Where it is being worked on; <see langword="null"/>: not said.</param>
/// <param name="Reason">Why.</param>
/// <param name="Source">Where it stands, for people.</param>
internal sealed record PlannedWaiver(Budget Budget, Budget Ceiling, DateOnly Until, bool Expired, string? Issue, string Reason, string Source)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"until {Until:yyyy-MM-dd} up to {Ceiling}: {Reason}{(Issue is null ? "" : $" ({Issue})")}, {Source}");
}
