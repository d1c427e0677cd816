namespace PerfAssert.Containers.KServe;

/// <summary>What the container of a KServe runtime is made of.</summary>
public sealed class KServeConfiguration : ModelServerConfiguration
{
    internal KServeConfiguration(ModelServerConfiguration values)
        : base(values)
    {
    }

    /// <summary>The port in the container for HTTP.</summary>
    public int HttpPort => Settings.HttpPort;

    /// <summary>The port in the container for gRPC; null: it speaks none.</summary>
    public int? GrpcPort => Settings.GrpcPort;
}
