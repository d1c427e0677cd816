using PerfAssert.Clients;

namespace PerfAssert.Containers.Starting;

/// <summary>What is known of a model server beyond its container.</summary>
/// <param name="Server">Its name in messages.</param>
/// <param name="HttpPort">Port in the container of the address clients talk to.</param>
internal sealed record ServerSettings(string Server, int HttpPort)
{
    public int? GrpcPort { get; init; }

    public int? ManagementPort { get; init; }

    /// <summary>Port of the metrics page; null: the server has none.</summary>
    public int? MetricsPort { get; init; }

    public string MetricsPath { get; init; } = "/metrics";

    /// <summary>The models that must be ready, by the names clients ask for.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    public string ReadyPath { get; init; } = "/";

    /// <summary>What the body of the ready path must be; null: its status is enough.</summary>
    public Func<string, bool>? ReadyBody { get; init; }

    public TimeSpan ReadyTimeout { get; init; } = TimeSpan.FromMinutes(5);

    public bool NeedsGpu { get; init; }

    /// <summary>Whether runs of other images are compared with this one's.</summary>
    public bool ImageIsUnderTest { get; init; }

    /// <summary>How clients connect that are given no options of their own.</summary>
    public ClientOptions Client { get; init; } = new();

    /// <summary>What to look at when the start fails, a sentence each.</summary>
    public IReadOnlyList<string> Hints { get; init; } = [];

    public IEnumerable<int> Ports => new[] { HttpPort, GrpcPort, ManagementPort, MetricsPort }.OfType<int>().Distinct();
}
