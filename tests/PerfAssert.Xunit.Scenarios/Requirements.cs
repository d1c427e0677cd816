using PerfAssert.Containers;
using PerfAssert.Containers.Http;
using Xunit;

namespace PerfAssert.Xunit.Scenarios;

/// <summary>A server in a container, on a machine whose Docker does not answer.</summary>
public sealed class ContainerWithoutDocker : IAsyncLifetime
{
    private readonly HttpContainer container = new HttpBuilder("no-such-image:1").WithDockerEndpoint("tcp://127.0.0.1:1").Build();

    public Task InitializeAsync() => container.StartAsync();

    public Task DisposeAsync() => container.DisposeAsync().AsTask();
}

/// <summary>Another fixture that says the same.</summary>
public sealed class FixtureThatSkips : IAsyncLifetime
{
    public Task InitializeAsync() => throw new InvalidOperationException("$XunitDynamicSkip$No such thing here.");

    public Task DisposeAsync() => Task.CompletedTask;
}

public sealed class FixtureThatSkipsWhenMade
{
    public FixtureThatSkipsWhenMade() => throw new InvalidOperationException("$XunitDynamicSkip$Not even made.");
}

public sealed class FixtureThatIsBroken
{
    public FixtureThatIsBroken() => throw new InvalidOperationException("broken");
}

public sealed class MissingForAClass : IClassFixture<ContainerWithoutDocker>
{
    public static TheoryData<Theories.Unserializable> Objects => [new Theories.Unserializable("one")];

    [PerfFact]
    [Load("5 requests")]
    [Budget("p50 < 20 s")]
    public Task Fact() => Task.CompletedTask;

    [PerfTheory]
    [InlineData(1)]
    [InlineData(2)]
    [Load("5 requests")]
    [Budget("p50 < 20 s")]
    public Task Theory(int row) => Task.FromResult(row);

    [PerfTheory]
    [MemberData(nameof(Objects))]
    [Load("5 requests")]
    [Budget("p50 < 20 s")]
    public Task AtRunTime(Theories.Unserializable row) => Task.FromResult(row);
}

[CollectionDefinition("without docker")]
public sealed class GroupWithoutDocker : ICollectionFixture<ContainerWithoutDocker>;

[Collection("without docker")]
public sealed class MissingForAGroup
{
    [PerfFact]
    [Load("5 requests")]
    [Budget("p50 < 20 s")]
    public Task Fact() => Task.CompletedTask;
}

public sealed class MissingTwice : IClassFixture<ContainerWithoutDocker>, IClassFixture<FixtureThatSkips>
{
    [PerfFact]
    [Load("5 requests")]
    [Budget("p50 < 20 s")]
    public Task Fact() => Task.CompletedTask;
}

public sealed class MissingWhenMade : IClassFixture<FixtureThatSkipsWhenMade>
{
    [PerfFact]
    [Load("5 requests")]
    [Budget("p50 < 20 s")]
    public Task Fact() => Task.CompletedTask;
}

public sealed class MissingAndBroken : IClassFixture<FixtureThatSkips>, IClassFixture<FixtureThatIsBroken>
{
    [PerfFact]
    [Load("5 requests")]
    [Budget("p50 < 20 s")]
    public Task Fact() => Task.CompletedTask;
}

public sealed class MissingForATest : IAsyncLifetime
{
    private readonly ContainerWithoutDocker container = new();

    public Task InitializeAsync() => container.InitializeAsync();

    public Task DisposeAsync() => container.DisposeAsync();

    [PerfFact]
    [Load("5 requests")]
    [Budget("p50 < 20 s")]
    public Task Fact() => Task.CompletedTask;
}

/// <summary>Two versions of a server, which the engine starts, on a machine whose Docker does not answer.</summary>
public sealed class PairWithoutDocker() : ServerPair<HttpBuilder, HttpContainer>(new HttpBuilder("no-such-image:1").WithDockerEndpoint("tcp://127.0.0.1:1"));

public sealed class MissingForAPair(PairWithoutDocker servers) : IClassFixture<PairWithoutDocker>
{
    [PerfFact]
    [Load("5 requests")]
    [Budget("p50 < reference + 10 %")]
    public Task Fact(PerfRequest request) => servers[request].Client.PostAsync(request, "predict", new { });
}

public sealed class MissingInARequest
{
    [PerfFact]
    [Load("5 requests")]
    [Budget("p50 < 20 s")]
    public Task Fact() => throw new InvalidOperationException("$XunitDynamicSkip$Too late: requests were sent.");
}
