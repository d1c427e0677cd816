using Scripted.Script;

namespace Scripted.Options;

/// <summary>Everything the command line says.</summary>
internal sealed record ServerOptions
{
    /// <summary>Port on 127.0.0.1; 0 picks a free one.</summary>
    public required int Port { get; init; }

    public required ServiceTimes Service { get; init; }

    public required int Seed { get; init; }

    /// <summary>When the server stalls; <see langword="null"/>: never.</summary>
    public required StallTimes? Stall { get; init; }

    /// <summary>Requests the log holds; further ones are counted only.</summary>
    public required int Capacity { get; init; }

    /// <summary>Connections open at once; further ones are closed as soon as they are made.</summary>
    public required int MaxConnections { get; init; }

    /// <summary>Never sleep: arrivals are stamped when they come, not when a sleeping core has woken up.</summary>
    public required bool Spin { get; init; }

    /// <summary>End when standard input closes.</summary>
    public required bool ExitWithInput { get; init; }
}
