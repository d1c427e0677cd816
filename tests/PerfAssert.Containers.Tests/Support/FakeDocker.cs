using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using Xunit;

namespace PerfAssert.Containers.Tests.Support;

/// <summary>A Docker engine and a model server that are played; the engine publishes every port as the model server's.</summary>
public abstract class FakeDocker : IAsyncLifetime
{
    internal TemporaryFolder Folder { get; } = new();

    internal FakeEngine Engine { get; private set; } = null!;

    internal FakeModelServer Server { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Engine = await FakeEngine.StartAsync();
        Server = await FakeModelServer.StartAsync();
        Engine.PublishedPort = Server.Port;
    }

    public async Task DisposeAsync()
    {
        await Engine.DisposeAsync();
        await Server.DisposeAsync();
        Folder.Dispose();
    }

    internal async Task<TContainer> Start<TBuilder, TContainer>(IContainerBuilder<TBuilder, TContainer, IContainerConfiguration> builder)
        where TBuilder : IContainerBuilder<TBuilder, TContainer, IContainerConfiguration>
        where TContainer : ModelServerContainer
    {
        var container = builder.WithDockerEndpoint(Engine.Endpoint).Build();
        await container.StartAsync();
        return container;
    }
}
