using PerfAssert.Expressions;

namespace PerfAssert.Planning.Files;

/// <summary>An environment variable that must be set and not empty, or have a value.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">The value; <see langword="null"/>: any.</param>
internal sealed record VariableCondition(string Name, string? Value)
{
    /// <summary>Parses <c>CI</c> or <c>CI=true</c>; blanks around the name and the value do not count.</summary>
    /// <exception cref="PerfExpressionException">The name or the value is empty.</exception>
    public static VariableCondition Parse(string text)
    {
        var sign = text.IndexOf('=', StringComparison.Ordinal);
        var name = (sign < 0 ? text : text[..sign]).Trim();
        var value = sign < 0 ? null : text[(sign + 1)..].Trim();
        return name.Length == 0 ? throw new PerfExpressionException(text, 1, "found no name, expected an environment variable such as CI or CI=true")
            : value is { Length: 0 } ? throw new PerfExpressionException(text, sign + 2, "found no value after '=', expected one such as CI=true, or CI alone for any value")
            : new VariableCondition(name, value);
    }

    /// <summary>Whether it holds here.</summary>
    public bool Holds(PlanningContext context) => context.Variable(Name) is { } value && (Value is null || Value == value);
}
