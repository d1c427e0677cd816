using PerfAssert.Expressions;

namespace PerfAssert.Budgets;

/// <summary>The limit of a budget.</summary>
/// <param name="Kind">What it is relative to.</param>
/// <param name="Amount">The absolute limit; <see langword="null"/> for a relative one.</param>
/// <param name="Percent">Signed change in percent for a relative limit: <c>baseline + 10 %</c> is 10, <c>baseline</c> is 0.</param>
/// <param name="Floor">For a relative limit: a smaller absolute change never breaks it. <see langword="null"/>: none.</param>
internal sealed record Limit(BudgetKind Kind, Amount? Amount, decimal Percent, Amount? Floor)
{
    /// <inheritdoc/>
    public override string ToString() => Amount is not null ? Amount.ToString() : Origin + Change;

    private string Origin => Kind == BudgetKind.Baseline ? "baseline" : "reference";

    private string Change => (Percent, Floor) switch
    {
        (0, null) => "",
        (_, null) => SignedPercent,
        _ => $"{SignedPercent} or {Floor}",
    };

    private string SignedPercent => $" {(Percent < 0 ? "-" : "+")} {Units.Format(Math.Abs(Percent), "%")}";
}
