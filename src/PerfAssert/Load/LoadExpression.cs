using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using PerfAssert.Expressions;

namespace PerfAssert.Load;

/// <summary>A parsed load: its phases in order. Printing it and parsing it again gives an equal value.</summary>
/// <param name="Phases">At least one phase; all of them open loop or all of them closed loop.</param>
internal sealed record LoadExpression(ImmutableArray<LoadPhase> Phases)
{
    /// <summary>Whether requests arrive on a schedule, whatever the server does.</summary>
    public bool IsOpenLoop => Phases[0].IsOpenLoop;

    /// <summary>Parses a load.</summary>
    /// <exception cref="PerfExpressionException">It cannot be understood.</exception>
    public static LoadExpression Parse(string? text) => LoadParser.Parse(text);

    /// <summary>Parses a load without throwing.</summary>
    public static bool TryParse(
        string? text, [NotNullWhen(true)] out LoadExpression? load, [NotNullWhen(false)] out PerfExpressionException? error)
    {
        try
        {
            (load, error) = (Parse(text), null);
            return true;
        }
        catch (PerfExpressionException exception)
        {
            (load, error) = (null, exception);
            return false;
        }
    }

    /// <summary>One of so many equal parts of a load that is one steady phase; <see langword="null"/>: it is another one, and has none.</summary>
    public LoadExpression? Part(int parts) => Phases is [var only] && only.Part(parts) is { } part ? new LoadExpression([part]) : null;

    /// <summary>Equal phases in the same order.</summary>
    public bool Equals(LoadExpression? other) => other is not null && Phases.SequenceEqual(other.Phases);

    /// <inheritdoc/>
    public override int GetHashCode() => Phases.Aggregate(17, (hash, phase) => unchecked((hash * 31) + phase.GetHashCode()));

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", Phases);
}
