using System.Collections.Immutable;

namespace PerfAssert.Load;

/// <summary>A parsed load: its phases in order. Printing it and parsing it again gives an equal value.</summary>
/// <param name="Phases">At least one phase.</param>
internal sealed record LoadExpression(ImmutableArray<LoadPhase> Phases);
