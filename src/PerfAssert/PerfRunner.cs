using PerfAssert.Load;
using PerfAssert.Planning;

namespace PerfAssert;

/// <summary>Plan, load, judge, write, render: one performance test from its declaration to its result. Adapters call this.</summary>
internal static class PerfRunner
{
    /// <summary>
    /// Runs one test. The caller holds the <see cref="ExclusiveTurn"/>. A broken budget is a result, not an exception.
    /// </summary>
    /// <exception cref="PerfPlanException">The test cannot be planned: wrong attributes, wrong perf-budgets.json, no budget.</exception>
    public static Task<PerfResult> RunAsync(TestDeclaration declaration, RequestMethod method, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{declaration} {method} {cancellationToken}");
}
