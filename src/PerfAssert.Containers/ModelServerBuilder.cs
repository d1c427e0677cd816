using System.Runtime.CompilerServices;
using Docker.DotNet.Models;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Images;
using PerfAssert.Clients;
using PerfAssert.Containers.Starting;

namespace PerfAssert.Containers;

/// <summary>
/// Builds the container of a model server. Every <c>With…</c> returns a new builder; all of Testcontainers' own are there too,
/// among them <c>WithEnvironment</c>, <c>WithCommand</c> (adds arguments) and <c>WithCreateParameterModifier</c>.
/// </summary>
/// <typeparam name="TBuilder">The server's builder.</typeparam>
/// <typeparam name="TContainer">The server's container.</typeparam>
/// <typeparam name="TConfiguration">What that is made of.</typeparam>
public abstract class ModelServerBuilder<TBuilder, TContainer, TConfiguration> : ContainerBuilder<TBuilder, TContainer, TConfiguration>
    where TBuilder : ModelServerBuilder<TBuilder, TContainer, TConfiguration>
    where TContainer : ModelServerContainer
    where TConfiguration : ModelServerConfiguration
{
    /// <summary>What containers of a killed run are found by.</summary>
    private const string Label = "perfassert";

    private protected ModelServerBuilder(IImage image, TConfiguration defaults)
        : this(defaults) =>
        DockerResourceConfiguration = Init().WithImage(image).WithLabel(Label, defaults.Server).DockerResourceConfiguration;

    private protected ModelServerBuilder(TConfiguration configuration)
        : base(configuration) => DockerResourceConfiguration = configuration;

    /// <inheritdoc />
    protected sealed override TConfiguration DockerResourceConfiguration { get; }

    private protected ServerSettings Settings => DockerResourceConfiguration.Settings;

    /// <summary>
    /// How long a start may take until the model is ready, from the start of the container; pulling the image is not counted.
    /// Default: by server, from 2 minutes to 20. The start fails with <see cref="ModelServerStartException"/> when it is over.
    /// </summary>
    /// <param name="timeout">More than zero.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is zero or less.</exception>
    public TBuilder WithReadyTimeout(TimeSpan timeout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero);
        return With(settings => settings with { ReadyTimeout = timeout });
    }

    /// <summary>
    /// Gives the container all NVIDIA GPUs (<c>--gpus all</c>). Where there is none, or no NVIDIA container runtime, the start ends with
    /// <see cref="RequirementMissingException"/>: a skipped test. Choose an image with GPU support.
    /// </summary>
    public TBuilder WithGpus() => WithGpus(new DeviceRequest { Count = -1 });

    /// <inheritdoc cref="WithGpus()"/>
    /// <param name="count">How many, whichever are found first (<c>--gpus 2</c>); at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    public TBuilder WithGpus(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return WithGpus(new DeviceRequest { Count = count });
    }

    /// <inheritdoc cref="WithGpus()"/>
    /// <param name="ids">Indexes or UUIDs (<c>--gpus device=0,1</c>); at least one.</param>
    /// <exception cref="ArgumentException"><paramref name="ids"/> is empty.</exception>
    public TBuilder WithGpus(params string[] ids) =>
        ids.Length > 0
            ? WithGpus(new DeviceRequest { DeviceIDs = ids })
            : throw new ArgumentException("No GPU is named. WithGpus() without an argument gives all.", nameof(ids));

    /// <summary>
    /// Size of the container's shared memory (<c>--shm-size</c>). Default: Docker's 64 MiB, or what the server is known to need.
    /// </summary>
    /// <param name="bytes">Bytes, more than zero: <c>1L &lt;&lt; 30</c> is 1 GiB.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bytes"/> is zero or less.</exception>
    public TBuilder WithSharedMemory(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes);
        return WithHost(host => host.ShmSize = bytes);
    }

    /// <summary>
    /// Says that the image is what is tested: runs of other images stay comparable with a stored baseline. Default: the image is part of the
    /// environment, and a baseline of another one is not comparable. The servers of a <see cref="ServerPair{TBuilder, TContainer}"/> are under test.
    /// </summary>
    public TBuilder WithImageUnderTest() => With(settings => settings with { ImageIsUnderTest = true });

    /// <summary>
    /// How the container's <c>Client</c> connects, and every client that is made without options of its own. The questions whether the model is ready
    /// have the same headers.
    /// </summary>
    /// <param name="options">Such as <c>new ClientOptions { ReuseConnections = false }</c>.</param>
    public TBuilder WithClientOptions(ClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return With(settings => settings with { Client = options });
    }

    /// <summary>Builds the container. Docker is not asked before it is started.</summary>
    /// <returns>The container, not yet started.</returns>
    /// <exception cref="ArgumentException">A setting the server cannot do without is missing.</exception>
    public sealed override TContainer Build()
    {
        Validate();
        return Create(BeforeBuild().Complete().DockerResourceConfiguration);
    }

    /// <inheritdoc />
    protected override void Validate()
    {
        try
        {
            base.Validate();
        }
        catch (DockerUnavailableException)
        {
            // Said when the container is started: a missing requirement then, not a broken fixture now.
        }
    }

    /// <inheritdoc />
    protected sealed override TBuilder Clone(IResourceConfiguration<CreateContainerParameters> resourceConfiguration) =>
        Change(new ModelServerConfiguration(resourceConfiguration));

    /// <inheritdoc />
    protected sealed override TBuilder Clone(IContainerConfiguration resourceConfiguration) =>
        Change(new ModelServerConfiguration(resourceConfiguration));

    /// <inheritdoc />
    protected sealed override TBuilder Merge(TConfiguration oldValue, TConfiguration newValue) =>
        New(new ModelServerConfiguration(oldValue, newValue));

    private protected abstract TBuilder New(ModelServerConfiguration values);

    private protected abstract TContainer Create(TConfiguration configuration);

    /// <summary>What a server's builder adds when all settings are known.</summary>
    private protected virtual TBuilder BeforeBuild() => (TBuilder)this;

    private protected TBuilder With(Func<ServerSettings, ServerSettings> change) =>
        Change(new ModelServerConfiguration(change(Settings)));

    private protected TBuilder WithHost(Action<HostConfig> change) =>
        WithCreateParameterModifier(parameters => change(parameters.HostConfig ??= new HostConfig()));

    private protected TBuilder WithModelName(string name) => With(settings => settings with { Models = [.. settings.Models, name] });

    /// <summary>Mounts what is at a path of this machine, read only.</summary>
    /// <exception cref="ArgumentException">There is nothing.</exception>
    private protected TBuilder WithReadOnly(string path, string target, [CallerMemberName] string method = "") =>
        WithBindMount(HostPath.Existing(path, method), target, AccessMode.ReadOnly);

    private protected void Require(bool condition, string what)
    {
        if (!condition)
        {
            throw new ArgumentException($"{Settings.Server} container: {what}");
        }
    }

    private TBuilder Change(ModelServerConfiguration change) => New(new ModelServerConfiguration(DockerResourceConfiguration, change));

    private TBuilder WithGpus(DeviceRequest request)
    {
        request.Driver = string.Empty;
        request.Capabilities = [["gpu"]];
        return With(settings => settings with { NeedsGpu = true })
            .WithHost(host => host.DeviceRequests = [request]);
    }

    // What depends on all settings: ports without a binding of the user's own, the wait for the model, an endpoint if none was found.
    private TBuilder Complete()
    {
        var bound = DockerResourceConfiguration.PortBindings ?? new Dictionary<string, string>();
        var builder = Settings.Ports
            .Select(port => port.ToString(System.Globalization.CultureInfo.InvariantCulture))
            .Where(port => !bound.ContainsKey(port))
            .Aggregate((TBuilder)this, (some, port) => some.WithPortBinding(port, assignRandomHostPort: true));
        var waits = DockerResourceConfiguration.WaitStrategies.Append(new UntilModelIsReady(Settings.ReadyTimeout));
        builder = builder.Clone(new ContainerConfiguration(waitStrategies: waits));
        return DockerResourceConfiguration.DockerEndpointAuthConfig is null ? builder.WithDockerEndpoint(Engine.DefaultEndpoint) : builder;
    }
}
