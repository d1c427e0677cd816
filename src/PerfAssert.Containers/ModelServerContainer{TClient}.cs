using PerfAssert.Clients;

namespace PerfAssert.Containers;

/// <summary>A model server in a container, and the client that speaks its protocol.</summary>
/// <typeparam name="TClient">The client of <c>PerfAssert.Clients</c>.</typeparam>
public abstract class ModelServerContainer<TClient> : ModelServerContainer
    where TClient : class, IDisposable
{
    private protected ModelServerContainer(ModelServerConfiguration configuration)
        : base(configuration)
    {
    }

    /// <summary>The client all requests share, with the options of <c>WithClientOptions</c>. It is disposed with the container.</summary>
    /// <exception cref="InvalidOperationException">The container was not started.</exception>
    public TClient Client => Shared(() => CreateClient());

    /// <summary>A client of your own, to be disposed by you.</summary>
    /// <param name="options">How it connects; null: as <c>WithClientOptions</c> says.</param>
    /// <returns>A new client.</returns>
    /// <exception cref="InvalidOperationException">The container was not started.</exception>
    public abstract TClient CreateClient(ClientOptions? options = null);
}
