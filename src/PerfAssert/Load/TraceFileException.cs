namespace PerfAssert.Load;

/// <summary>A trace that cannot be read: the message says where and what was expected.</summary>
internal sealed class TraceFileException(string message) : Exception(message);
