using Xunit;
using Xunit.Sdk;

namespace PerfAssert.Tests.Support;

/// <summary>
/// A fact about real time. Other work on the machine can make it late and nothing can make it early, so a failed attempt is made again, and stands in the
/// output of the one that passed. What other work cannot do (<see cref="CertainFailureException"/>) fails at once.
/// </summary>
[XunitTestCaseDiscoverer("PerfAssert.Tests.Support.TimingFactDiscoverer", "PerfAssert.Tests")]
public sealed class TimingFactAttribute : FactAttribute
{
    public const int Attempts = 4;
}
