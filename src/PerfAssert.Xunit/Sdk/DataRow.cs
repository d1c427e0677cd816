using System.Globalization;
using System.Reflection;
using PerfAssert.Measurements;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace PerfAssert.Xunit.Sdk;

/// <summary>
/// A theory's data row beside a method that also takes a <see cref="PerfRequest"/>. xunit matches values and parameters by position,
/// so a row travels through xunit <em>aligned</em>: with a <see langword="null"/> where the request will stand.
/// </summary>
internal static class DataRow
{
    // What xunit puts where it cut a long text, a long list or a deep object.
    private const string Cut = "···";

    private static readonly MethodInfo OneValue = ((Action<object>)One).Method;

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

    /// <summary>
    /// The row for people, and in the name that its runs are found by: as xunit writes it but without the request, without secrets and the same in every
    /// culture, <c>(length: 16)</c>. Where that is not the whole row, a hash of it follows. Empty without a row.
    /// </summary>
    public static string Describe(IMethodInfo method, object?[]? aligned, ITypeInfo[]? genericTypes)
    {
        if (aligned is null)
        {
            return string.Empty;
        }

        var parameters = method.GetParameters().ToList();
        object?[] values = [.. aligned.Where((_, i) => i >= parameters.Count || !IsRequest(parameters[i].ParameterType.Name))];
        object?[] shown = [.. values.Select(Scrub)];
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            var written = new MethodWithoutRequest(method).GetDisplayNameWithArguments(string.Empty, shown, genericTypes);
            var safe = SecretScrubber.ScrubName(written);
            return written.Contains(Cut, StringComparison.Ordinal) ? $"{safe} #{RowHash.Of(shown)}" : safe;
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    /// <summary>What is wrong with rows of one name; <see langword="null"/>: each has its own.</summary>
    public static string? Ambiguity(IEnumerable<string> names) =>
        names.GroupBy(name => name).Where(rows => rows.Count() > 1).Select(rows =>
            $"{rows.Count()} rows are named {rows.Key}: their runs and baselines could not be told apart. " +
            "Take out rows that are the same, add an argument that differs, or give the argument's type a ToString() that tells its values apart." +
            (rows.Key.Contains("***", StringComparison.Ordinal) ? " What looks like a secret is not in a name." : string.Empty)).FirstOrDefault();

    // Before it is cut: half of a secret does not look like one. In what has parts it is looked for as xunit writes them.
    private static object? Scrub(object? value) => value switch
    {
        null or ValueType and IFormattable => value,
        string text => SecretScrubber.Scrub(text),
        IReadOnlyCollection<string?> texts => texts.Select(text => text is null ? null : SecretScrubber.Scrub(text)).ToArray(),
        _ => Written(value) is var written && SecretScrubber.Scrub(written) is var safe && safe != written ? new Safe(safe) : value,
    };

    private static string Written(object value)
    {
        var text = new MethodWithoutRequest(Reflector.Wrap(OneValue)).GetDisplayNameWithArguments(string.Empty, [value], null);
        return text[(nameof(value).Length + 3)..^1];
    }

    private static void One(object value) => _ = value;

    // What xunit writes as it is.
    private sealed record Safe(string Text)
    {
        public override string ToString() => Text;
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
