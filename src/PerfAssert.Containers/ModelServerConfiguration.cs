using Docker.DotNet.Models;
using DotNet.Testcontainers.Configurations;
using PerfAssert.Containers.Starting;

namespace PerfAssert.Containers;

/// <summary>What a model server's container is made of: Testcontainers' settings, and those every model server shares.</summary>
public sealed class ModelServerConfiguration : ContainerConfiguration
{
    internal ModelServerConfiguration(ServerSettings settings) => Settings = settings;

    internal ModelServerConfiguration(IResourceConfiguration<CreateContainerParameters> resourceConfiguration)
        : base(resourceConfiguration)
    {
    }

    internal ModelServerConfiguration(IContainerConfiguration resourceConfiguration)
        : base(resourceConfiguration)
    {
    }

    internal ModelServerConfiguration(ModelServerConfiguration oldValue, ModelServerConfiguration newValue)
        : base(oldValue, newValue) => Settings = newValue.Settings ?? oldValue.Settings;

    // Null in a change that is about Testcontainers' settings alone.
    internal ServerSettings? Settings { get; }
}
