using PerfAssert.Measurements;
using PerfAssert.Planning;

namespace PerfAssert.Judging;

/// <summary>Whether what looks like a regression has the second block that the plan promises it, or can still get it. Without it the first one decides.</summary>
/// <remarks>
/// Only the time that the rounds took is asked, never what they say. The level of one block holds however that comes out: unchanged code is red at one
/// block's level or, with the second block, at the two levels' product, so in no more than their sum.
/// </remarks>
internal static class SecondBlock
{
    /// <summary>Whether it was measured.</summary>
    public static bool IsMeasured(PerfPlan plan, Measurement measurement) => measurement.Rounds.Length >= RoundsOf(plan);

    /// <summary>Whether it would end before the longest duration, at the pace of the rounds so far.</summary>
    public static bool HasTime(PerfPlan plan, Measurement measurement) =>
        plan.Load.MaxDuration is not { } longest
        || measurement.Rounds.IsEmpty
        || measurement.MeasuredFor / measurement.Rounds.Length * RoundsOf(plan) <= longest;

    private static int RoundsOf(PerfPlan plan) => plan.Blocks * plan.Load.Rounds * plan.Load.Variants;
}
