using FluentAssertions;

namespace PerfAssert.Clients.Tests.Support;

/// <summary>The failure of a call that has to fail.</summary>
internal static class Failure
{
    public static async Task<RequestFailedException> Of(Func<Task> call) =>
        (await call.Should().ThrowExactlyAsync<RequestFailedException>()).Which;
}
