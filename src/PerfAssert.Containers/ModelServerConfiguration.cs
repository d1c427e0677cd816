using Docker.DotNet.Models;
using DotNet.Testcontainers.Configurations;
using PerfAssert.Containers.Starting;

namespace PerfAssert.Containers;

/// <summary>
/// What a model server's container is made of: Testcontainers' settings, those every model server shares and, in the server's own configuration,
/// those only it has.
/// </summary>
public class ModelServerConfiguration : ContainerConfiguration
{
    private readonly ServerSettings? settings;

    internal ModelServerConfiguration(ServerSettings settings) => this.settings = settings;

    internal ModelServerConfiguration(IResourceConfiguration<CreateContainerParameters> resourceConfiguration)
        : base(resourceConfiguration)
    {
    }

    internal ModelServerConfiguration(IContainerConfiguration resourceConfiguration)
        : base(resourceConfiguration)
    {
    }

    internal ModelServerConfiguration(ModelServerConfiguration oldValue, ModelServerConfiguration newValue)
        : base(oldValue, newValue) => settings = newValue.settings ?? oldValue.settings;

    private protected ModelServerConfiguration(ModelServerConfiguration values)
        : base(values) => settings = values.settings;

    /// <summary>The server's name, as messages and run files say it.</summary>
    public string Server => Settings.Server;

    /// <summary>The models that must be ready, by the names clients ask for; empty: those the server has.</summary>
    public IReadOnlyList<string> Models => Settings.Models;

    /// <summary>How long a start may take until the model is ready.</summary>
    public TimeSpan ReadyTimeout => Settings.ReadyTimeout;

    // A change that is about Testcontainers' settings alone has none; what is merged from changes has.
    internal ServerSettings Settings => settings!;
}
