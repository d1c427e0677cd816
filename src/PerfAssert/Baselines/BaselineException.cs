namespace PerfAssert.Baselines;

/// <summary>A baseline cannot be used or written; the message says which, why and what to do.</summary>
internal sealed class BaselineException(string message, Exception? inner = null) : Exception(message, inner);
