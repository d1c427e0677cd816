namespace PerfAssert.Budgets;

/// <summary>What a budget's limit is relative to. A budget replaces another of the same metric and kind.</summary>
internal enum BudgetKind
{
    /// <summary>A number.</summary>
    Absolute,

    /// <summary>Stored runs of the same test.</summary>
    Baseline,

    /// <summary>The other version, measured in the same run.</summary>
    Reference,
}
