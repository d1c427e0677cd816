namespace LoadEngine.Children;

/// <summary>The engine's own cost of one call.</summary>
/// <param name="Nanoseconds">Time on one core.</param>
/// <param name="Bytes">Memory allocated.</param>
internal sealed record EmptyMethodCost(double Nanoseconds, double Bytes);
