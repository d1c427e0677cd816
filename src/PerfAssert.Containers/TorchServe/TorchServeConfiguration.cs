namespace PerfAssert.Containers.TorchServe;

/// <summary>What the container of TorchServe is made of.</summary>
public sealed class TorchServeConfiguration : ModelServerConfiguration
{
    internal TorchServeConfiguration(ModelServerConfiguration values)
        : base(values)
    {
    }

    /// <summary>The port in the container of the management API.</summary>
    public int ManagementPort => Settings.ManagementPort!.Value;
}
