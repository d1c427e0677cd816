namespace PerfAssert.Expressions;

/// <summary>A number with its unit, as typed: 200 ms stays 200 ms.</summary>
/// <param name="Number">The number before the unit.</param>
/// <param name="Unit">The unit's canonical symbol: <c>µs ms s min h % /s</c> or empty.</param>
internal sealed record Amount(decimal Number, string Unit)
{
    /// <summary>The value in the base unit of its quantity (see <see cref="Quantity"/>).</summary>
    public double Value => Units.ToBase(Number, Unit);

    /// <inheritdoc/>
    public override string ToString() => Units.Format(Number, Unit);
}
