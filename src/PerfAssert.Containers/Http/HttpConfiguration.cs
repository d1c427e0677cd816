namespace PerfAssert.Containers.Http;

/// <summary>What the container of an HTTP server is made of.</summary>
public sealed class HttpConfiguration : ModelServerConfiguration
{
    internal HttpConfiguration(ModelServerConfiguration values)
        : base(values)
    {
    }

    /// <summary>The port in the container the server listens on.</summary>
    public int Port => Settings.HttpPort;

    /// <summary>What is asked to see whether the model is ready.</summary>
    public string ReadyPath => Settings.ReadyPath;
}
