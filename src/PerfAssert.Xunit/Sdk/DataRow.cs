using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace PerfAssert.Xunit.Sdk;

/// <summary>
/// A theory's data row beside a method that also takes a <see cref="PerfRequest"/>. xunit matches values and parameters by position,
/// so a row travels through xunit <em>aligned</em>: with a <see langword="null"/> where the request will stand.
/// </summary>
internal static class DataRow
{
    /// <summary>The row with placeholders. Values that fit no parameter stay at the end, where the binding will complain about them.</summary>
    public static object?[] Align(IEnumerable<IParameterInfo> parameters, object?[] row) =>
        Align(parameters.Select(parameter => IsRequest(parameter.ParameterType.Name)), row);

    /// <inheritdoc cref="Align(IEnumerable{IParameterInfo}, object[])"/>
    public static object?[] Align(MethodInfo method, object?[] row) =>
        Align(method.GetParameters().Select(parameter => IsRequest(parameter.ParameterType.FullName)), row);

    /// <summary>The row without placeholders: what the method is bound with.</summary>
    public static object?[] Values(MethodInfo method, object?[]? aligned)
    {
        var parameters = method.GetParameters();
        return [.. (aligned ?? []).Where((_, i) => i >= parameters.Length || !IsRequest(parameters[i].ParameterType.FullName))];
    }

    /// <summary>The row for people, as xunit writes it but without the request: <c>(length: 16)</c>; empty without a row.</summary>
    public static string Describe(IMethodInfo method, object?[]? aligned, ITypeInfo[]? genericTypes)
    {
        var parameters = method.GetParameters().ToList();
        return aligned is null
            ? string.Empty
            : new MethodWithoutRequest(method).GetDisplayNameWithArguments(
                string.Empty,
                [.. aligned.Where((_, i) => i >= parameters.Count || !IsRequest(parameters[i].ParameterType.Name))],
                genericTypes);
    }

    internal static bool IsRequest(string? typeName) => typeName == typeof(PerfRequest).FullName;

    private static object?[] Align(IEnumerable<bool> isRequest, object?[] row)
    {
        var aligned = new List<object?>();
        var taken = 0;
        foreach (var request in isRequest)
        {
            if (!request && taken == row.Length)
            {
                break;
            }

            aligned.Add(request ? null : row[taken++]);
        }

        return [.. aligned, .. row[taken..]];
    }
}
