using System.Collections.Concurrent;
using System.Diagnostics;
using Docker.DotNet;
using DotNet.Testcontainers.Containers;
using PerfAssert.Clients;
using PerfAssert.Containers.Starting;
using PerfAssert.Measurements;

namespace PerfAssert.Containers;

/// <summary>
/// A model server in a container. Start it in the <c>InitializeAsync</c> of a fixture: <see cref="StartAsync"/> returns when the model is
/// ready, not when a port is open. Without Docker it throws <see cref="RequirementMissingException"/>: a skipped test.
/// </summary>
public abstract class ModelServerContainer : DockerContainer
{
    // More than the engine gives a server until it kills it.
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<Type, IDisposable> clients = new();
    private readonly ModelServerConfiguration configuration;
    private readonly ReadyProbe probe;
    private MeasuredServer? measured;

    private protected ModelServerContainer(ModelServerConfiguration configuration)
        : base(configuration)
    {
        this.configuration = configuration;
        probe = new ReadyProbe(configuration.Settings.Client);
    }

    /// <summary>
    /// Time from the request to start the created container until the model was ready, to a tenth of a second. Pulling the image and
    /// creating the container are not in it. Zero before the first start.
    /// </summary>
    public TimeSpan ColdStart { get; private set; }

    /// <summary>Where clients reach the server over HTTP, such as <c>http://127.0.0.1:32768/</c>.</summary>
    /// <exception cref="InvalidOperationException">The container was not started.</exception>
    public Uri BaseAddress => Address(Settings.HttpPort);

    /// <summary>Where clients reach the server over gRPC; null: it does not speak gRPC.</summary>
    /// <exception cref="InvalidOperationException">The container was not started.</exception>
    public Uri? GrpcAddress => Settings.GrpcPort is { } port ? Address(port) : null;

    /// <summary>The server's metrics page in the Prometheus format; null: it has none.</summary>
    /// <exception cref="InvalidOperationException">The container was not started.</exception>
    public Uri? MetricsUri => Settings.MetricsPort is { } port ? new Uri(Address(port), Settings.MetricsPath) : null;

    /// <summary>Which of two versions it is; null: it is one alone.</summary>
    internal Variant? Version { get; set; }

    private protected ServerSettings Settings => configuration.Settings;

    /// <summary>Creates and starts the container and waits until the model is ready. A container whose start fails or is cancelled is stopped.</summary>
    /// <param name="ct">Ends the wait.</param>
    /// <exception cref="RequirementMissingException">There is no Docker, or no GPU where one is asked for.</exception>
    /// <exception cref="ModelServerStartException">The container exited, was refused, or was not ready in time.</exception>
    public override async Task StartAsync(CancellationToken ct = default)
    {
        await Engine.RequireAsync(configuration.DockerEndpointAuthConfig, Settings.NeedsGpu, ct);
        try
        {
            await base.StartAsync(ct);
            measured = new MeasuredServer(Settings.Server, configuration.Image.FullName)
            {
                Digest = await Engine.DigestAsync(configuration.DockerEndpointAuthConfig, Id, ct),
                ColdStart = ColdStart,
                IsUnderTest = Settings.ImageIsUnderTest || Version is not null,
            };
        }
        catch (Exception exception)
        {
            var failure = await FailureAsync(exception, ct);
            await StopWhatMayRunAsync();
            throw failure;
        }
    }

    internal async Task<bool> IsReadyAsync(CancellationToken cancellationToken) => await WhyNotReadyAsync(probe, cancellationToken) is null;

    /// <summary>Asks the server once; null: every model is ready. Otherwise what was asked and answered.</summary>
    private protected abstract Task<string?> WhyNotReadyAsync(ReadyProbe probe, CancellationToken cancellationToken);

    private protected Uri Address(int port) =>
        Exists()
            ? new UriBuilder(Uri.UriSchemeHttp, Hostname, GetMappedPublicPort(port)).Uri
            : throw new InvalidOperationException(
                $"The {Settings.Server} container was not started: await StartAsync() first, in the InitializeAsync of a fixture.");

    /// <summary>The options of a client, by which the requests it sends say where they went.</summary>
    private protected ClientOptions Named(ClientOptions? options) =>
        measured is null ? options ?? Settings.Client : (options ?? Settings.Client).For(measured);

    /// <summary>The one client of its type that all requests share; it goes with the container.</summary>
    private protected T Shared<T>(Func<T> create)
        where T : class, IDisposable
    {
        if (!clients.TryGetValue(typeof(T), out var client))
        {
            lock (clients)
            {
                client = clients.GetOrAdd(typeof(T), _ => create());
            }
        }

        return (T)client;
    }

    /// <inheritdoc />
    protected override async Task UnsafeStartAsync(CancellationToken ct = default)
    {
        // A container that is started again has other ports.
        ForgetClients();
        probe.Forget();
        var requested = Stopwatch.GetTimestamp();
        await base.UnsafeStartAsync(ct);
        ColdStart = Stopwatch.GetElapsedTime(requested);
    }

    /// <inheritdoc />
    protected override async ValueTask DisposeAsyncCore()
    {
        ForgetClients();
        probe.Dispose();
        await base.DisposeAsyncCore();
    }

    // Testcontainers calls a cancelled start a time-out.
    private async Task<Exception> FailureAsync(Exception exception, CancellationToken ct) =>
        ct.IsCancellationRequested ? new OperationCanceledException($"The start of the {Settings.Server} container was cancelled.", exception, ct)
        : Settings.NeedsGpu && exception is DockerApiException refused && Engine.MeansNoGpu(refused) ? RequirementMissingException.Gpu(refused.Message)
        : await StartFailure.DescribeAsync(configuration, Version, Exists() ? Id : null, probe.Last, exception);

    // It would go on loading its model beside what is measured next, and Testcontainers would go on asking it.
    private async Task StopWhatMayRunAsync()
    {
        using var limit = new CancellationTokenSource(StopPatience);
        try
        {
            await StopAsync(limit.Token);
        }
        catch (Exception)
        {
            // It must not hide why the start failed.
        }
    }

    private void ForgetClients()
    {
        foreach (var type in clients.Keys)
        {
            if (clients.TryRemove(type, out var client))
            {
                client.Dispose();
            }
        }
    }
}
