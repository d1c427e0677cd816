using System.Collections.Immutable;
using System.Reflection;

namespace PerfAssert.Planning;

/// <summary>A test as its author declared it, before <c>perf-budgets.json</c> and the environment have their say.</summary>
/// <param name="TestName"><c>Namespace.Class.Method</c>; a nested class stands behind its outer one with a dot.</param>
/// <param name="Arguments">The theory's arguments for people, <c>(length: 16)</c>; empty without any.</param>
/// <param name="Load">The nearest load; <see langword="null"/>: none.</param>
/// <param name="Budgets">Every budget, from the furthest place (assembly) to the nearest (method).</param>
internal sealed record TestDeclaration(
    string TestName, string Arguments, DeclaredLoad? Load, ImmutableArray<DeclaredBudget> Budgets)
{
    /// <summary>What people should know of the declaration itself.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];

    /// <summary>The name with the arguments.</summary>
    public string FullName => TestName + Arguments;

    /// <summary>Reads <c>[Load]</c> and <c>[Budget]</c> of assembly, class, base classes and method.</summary>
    public static TestDeclaration FromMethod(Type testClass, MethodInfo method, string arguments) =>
        DeclarationReader.Read(testClass, method, arguments);

    /// <summary>The test of a run, by the full name in its file: what <see cref="Matches"/> needs of it.</summary>
    public static TestDeclaration FromFullName(string fullName)
    {
        // Type arguments are arguments: Generic<Int32>(value: 1) is the method Generic.
        var end = fullName.AsSpan().IndexOfAny('<', '(') is var at and >= 0 ? at : fullName.Length;
        return new TestDeclaration(fullName[..end], fullName[end..], null, []);
    }

    /// <summary>Whether a pattern of <c>perf-budgets.json</c> means this test: with or without its arguments, a nested class with <c>.</c> or <c>+</c>.</summary>
    public bool Matches(string pattern)
    {
        var dotted = pattern.Replace('+', '.');
        return Glob.IsMatch(dotted, TestName.Replace('+', '.')) || Glob.IsMatch(dotted, FullName.Replace('+', '.'));
    }

    /// <inheritdoc/>
    public override string ToString() => FullName;
}
