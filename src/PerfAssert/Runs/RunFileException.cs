namespace PerfAssert.Runs;

/// <summary>A run file that cannot be written or read. Says what, where, and what to do.</summary>
internal sealed class RunFileException(string message, Exception? innerException = null) : Exception(message, innerException);
