namespace GateQuality.Histories;

/// <summary>A folder or a file that is not laid out as the README says. The message names it, the line, and what was expected.</summary>
internal sealed class HistoryFormatException(string message) : Exception(message);
