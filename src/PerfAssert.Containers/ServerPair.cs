using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Images;
using PerfAssert.Containers.Starting;

namespace PerfAssert.Containers;

/// <summary>
/// The two versions of a server that <c>reference</c> budgets compare. Derive a fixture from it, and ask <c>pair[request].Client</c>; or give it to
/// <see cref="PerfTestOptions.Endpoint"/>. The engine starts what a test needs when it needs it, and a start that fails, or misses Docker, is that
/// of the test. The reference is started only where a budget asks for one.
/// </summary>
/// <typeparam name="TBuilder">The server's builder.</typeparam>
/// <typeparam name="TContainer">The server's container.</typeparam>
public class ServerPair<TBuilder, TContainer> : IVersionedEndpoint, IAsyncDisposable, IDisposable
    where TBuilder : class, IContainerBuilder<TBuilder, TContainer, IContainerConfiguration>
    where TContainer : ModelServerContainer
{
    private readonly PairMode mode;
    private readonly HashSet<Variant> running = [];
    private readonly Dictionary<Variant, ModelServerStartException> failed = [];

    /// <summary>Builds both containers; nothing is started.</summary>
    /// <param name="candidate">The version under test.</param>
    /// <param name="reference">
    /// The version it is compared with. Default: the candidate's builder with the image that the environment variable
    /// <c>PERFASSERT_REFERENCE_IMAGE</c> names; if it names none, there is no reference. The variable also replaces the image of a builder given here.
    /// A tag of a registry, such as <c>registry.example/sentiment:main</c>, is pulled anew: it moves.
    /// </param>
    /// <param name="mode">Whether both run at the same time. Default: they do.</param>
    /// <exception cref="ArgumentException">A setting a server cannot do without is missing.</exception>
    public ServerPair(TBuilder candidate, TBuilder? reference = null, PairMode mode = PairMode.Together)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        this.mode = mode;
        var image = Environment.GetEnvironmentVariable(ReferenceImage.Variable);
        Candidate = Build(candidate, Variant.Candidate);
        Reference = !string.IsNullOrWhiteSpace(image) ? Build(WithImage(reference ?? candidate, new DockerImage(image.Trim())), Variant.Reference)
            : reference is not null ? Build(reference, Variant.Reference)
            : null;
    }

    /// <summary>The version under test.</summary>
    public TContainer Candidate { get; }

    /// <summary>The version it is compared with; <see langword="null"/>: there is none.</summary>
    public TContainer? Reference { get; }

    /// <inheritdoc />
    public string? NoReference => Reference is null ? ReferenceImage.HowToGiveOne : null;

    /// <summary>The server that a request goes to, by its <see cref="PerfRequest.Variant"/>.</summary>
    /// <param name="request">The request.</param>
    public TContainer this[PerfRequest request]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(request);
            return this[request.Variant];
        }
    }

    /// <summary>The server of a version.</summary>
    /// <param name="variant">The version.</param>
    /// <exception cref="InvalidOperationException">There is no reference.</exception>
    public TContainer this[Variant variant] =>
        variant == Variant.Candidate ? Candidate : Reference ?? throw new InvalidOperationException(NoReference);

    /// <inheritdoc />
    public async Task<bool> SwitchToAsync(Variant variant, CancellationToken cancellationToken)
    {
        if (running.Contains(variant))
        {
            return false;
        }

        // What did not start for one test is not waited for again by the next.
        if (failed.TryGetValue(variant, out var failure))
        {
            throw failure;
        }

        // What did not start, or not stop, may run all the same.
        if (mode == PairMode.Alternating && Reference is not null)
        {
            var other = variant == Variant.Candidate ? Variant.Reference : Variant.Candidate;
            running.Remove(other);
            await this[other].StopAsync(cancellationToken).ConfigureAwait(false);
        }

        try
        {
            await this[variant].StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ModelServerStartException exception)
        {
            failed[variant] = exception;
            throw;
        }

        return running.Add(variant);
    }

    /// <summary>Stops and removes both containers.</summary>
    /// <returns>A task that ends when they are gone.</returns>
    public async ValueTask DisposeAsync()
    {
        await DisposeAsyncCore().ConfigureAwait(false);
        Dispose(disposing: false);
        GC.SuppressFinalize(this);
    }

    /// <summary>The same for test frameworks that dispose fixtures in no other way.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Stops and removes both containers.</summary>
    /// <returns>A task that ends when they are gone.</returns>
    protected virtual async ValueTask DisposeAsyncCore()
    {
        try
        {
            await Candidate.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            if (Reference is not null)
            {
                await Reference.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Stops and removes both containers, unless that is done.</summary>
    /// <param name="disposing">False: it is done, or the finalizer calls.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            // Off the test framework's synchronization context, which this would keep.
            Task.Run(async () => await DisposeAsyncCore().ConfigureAwait(false)).GetAwaiter().GetResult();
        }
    }

    private static TBuilder WithImage(TBuilder builder, DockerImage image) =>
        ReferenceImage.MayHaveMoved(image) ? builder.WithImage(image).WithImagePullPolicy(ReferenceImage.PullAnew) : builder.WithImage(image);

    private static TContainer Build(TBuilder builder, Variant variant)
    {
        var container = builder.Build();
        container.Version = variant;
        return container;
    }
}
