using SentimentServer.Faults;

namespace SentimentServer.Options;

/// <summary>Everything the command line says.</summary>
internal sealed record ServerOptions
{
    /// <summary>The addresses to listen on, separated by semicolons.</summary>
    public required string Urls { get; init; }

    /// <summary>The interface of the two ports below.</summary>
    public required string Host { get; init; }

    /// <summary>The port of gRPC; null for none.</summary>
    public required int? GrpcPort { get; init; }

    /// <summary>Another port over HTTP/1.1; null for none.</summary>
    public required int? MetricsPort { get; init; }

    /// <summary>How long the server stays not ready after the model is warm; imitates a slow load.</summary>
    public required TimeSpan ReadyAfter { get; init; }

    /// <summary>Stop when standard input closes.</summary>
    public required bool ExitWithParent { get; init; }

    public required FaultOptions Faults { get; init; }
}
