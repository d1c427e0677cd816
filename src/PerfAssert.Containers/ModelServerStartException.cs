namespace PerfAssert.Containers;

/// <summary>
/// A model server's container did not come to be ready. The message shows image, command, exit code, the last answer, the last lines of
/// the log and what to check; secrets are masked.
/// </summary>
public sealed class ModelServerStartException : Exception
{
    internal ModelServerStartException(string message, long? exitCode, Exception? cause)
        : base(message, cause) => ExitCode = exitCode;

    /// <summary>The container's exit code; null: it did not exit.</summary>
    public long? ExitCode { get; }
}
