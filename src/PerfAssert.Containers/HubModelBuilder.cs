using DotNet.Testcontainers.Images;
using PerfAssert.Containers.Starting;

namespace PerfAssert.Containers;

/// <summary>Builds the container of a server that takes its model from the Hugging Face hub or from a folder.</summary>
/// <typeparam name="TBuilder">The server's builder.</typeparam>
/// <typeparam name="TContainer">The server's container.</typeparam>
/// <typeparam name="TConfiguration">What that is made of.</typeparam>
public abstract class HubModelBuilder<TBuilder, TContainer, TConfiguration> : ModelServerBuilder<TBuilder, TContainer, TConfiguration>
    where TBuilder : HubModelBuilder<TBuilder, TContainer, TConfiguration>
    where TContainer : ModelServerContainer
    where TConfiguration : ModelServerConfiguration
{
    private protected HubModelBuilder(IImage image, TConfiguration defaults)
        : base(image, defaults)
    {
    }

    private protected HubModelBuilder(TConfiguration configuration)
        : base(configuration)
    {
    }

    /// <summary>Serves a model of the hub, fetched at the start: keep it with <see cref="WithHubCache"/>.</summary>
    /// <param name="id">Such as <c>Qwen/Qwen3-0.6B</c>; clients ask for it by this name.</param>
    public TBuilder WithModel(string id) => Serve(id, id);

    /// <summary>Serves a model of this machine, mounted read only; the hub is not asked.</summary>
    /// <param name="path">The model's folder. Clients ask for it by the folder's name.</param>
    /// <exception cref="ArgumentException">The folder is not there.</exception>
    public TBuilder WithModelFolder(string path)
    {
        var name = HostPath.ModelName(path);
        return WithReadOnly(path, "/models/" + name).Serve(name, "/models/" + name);
    }

    /// <summary>Keeps what is fetched from the hub in a folder of this machine, made if it is not there: the next start does not fetch it again.</summary>
    /// <param name="path">The folder.</param>
    public TBuilder WithHubCache(string path) => WithBindMount(Directory.CreateDirectory(path).FullName, CacheFolder);

    /// <summary>Access to gated models (<c>HF_TOKEN</c>). It appears in no message.</summary>
    /// <param name="token">The token, from a secret store or an environment variable, never from source code.</param>
    public TBuilder WithHubToken(string token) => WithEnvironment("HF_TOKEN", token);

    /// <inheritdoc />
    protected override void Validate()
    {
        base.Validate();
        Require(Settings.Models.Count > 0, "no model is given. WithModel(id) takes one from the hub, WithModelFolder(path) one of this machine.");
    }

    /// <summary>Where the server keeps what it fetches.</summary>
    private protected abstract string CacheFolder { get; }

    private protected abstract IReadOnlyList<string> ModelArguments(string name, string source);

    private TBuilder Serve(string name, string source) =>
        With(settings => settings with { Models = [name] }).WithCommand([.. ModelArguments(name, source)]);
}
