using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;

namespace PerfAssert.Containers.Starting;

/// <summary>The last of a container's waits: for the model, not only for an open port.</summary>
internal sealed class UntilModelIsReady : WaitStrategy
{
    // How far a cold-start time can be off.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public UntilModelIsReady(TimeSpan timeout) => _ = WithTimeout(timeout).WithInterval(Pause).WithRetries(0);

    public override Task<bool> UntilAsync(IContainer container, CancellationToken ct = default) =>
        ((ModelServerContainer)container).IsReadyAsync(ct);
}
