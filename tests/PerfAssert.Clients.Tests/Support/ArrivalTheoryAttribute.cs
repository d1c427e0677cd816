using Xunit;

namespace PerfAssert.Clients.Tests.Support;

/// <summary>An <see cref="ArrivalFactAttribute"/> with data.</summary>
public sealed class ArrivalTheoryAttribute : TheoryAttribute
{
    public ArrivalTheoryAttribute() => Skip = ArrivalFactAttribute.Reason;
}
