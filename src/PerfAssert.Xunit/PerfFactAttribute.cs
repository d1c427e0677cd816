using Xunit;
using Xunit.Sdk;

namespace PerfAssert;

/// <summary>
/// A performance test: the method sends one request; <see cref="LoadAttribute"/> says how often and how concurrently it is called,
/// every <see cref="BudgetAttribute"/> says what must hold.
/// </summary>
/// <remarks>
/// <para>
/// The method returns <see cref="Task"/>, <see cref="ValueTask"/>, either with a result, or nothing (then it blocks a thread per
/// request), and takes at most a <see cref="PerfRequest"/>. All requests of a test share one instance of the test class.
/// </para>
/// <para>
/// One performance test runs at a time on a machine. The wait for the turn counts neither for
/// <see cref="FactAttribute.Timeout"/> nor for the test's own time. The trait <c>Category=Performance</c> is there by itself.
/// </para>
/// </remarks>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("PerfAssert.Xunit.Sdk.PerfFactDiscoverer", "PerfAssert.Xunit")]
[TraitDiscoverer("PerfAssert.Xunit.Sdk.CategoryDiscoverer", "PerfAssert.Xunit")]
public sealed class PerfFactAttribute : FactAttribute, ITraitAttribute
{
}
