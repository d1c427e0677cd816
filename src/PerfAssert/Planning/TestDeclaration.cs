using System.Collections.Immutable;
using System.Reflection;

namespace PerfAssert.Planning;

/// <summary>What a test declares about itself, before the file and the environment are looked at.</summary>
/// <param name="TestName">Namespace.Class.Method.</param>
/// <param name="Arguments">The theory row for people, <c>(length: 16)</c>; empty for a fact.</param>
/// <param name="Load">The nearest [Load]; <see langword="null"/>: none.</param>
/// <param name="LoadSource">Where it stands, for people.</param>
/// <param name="Budgets">Expressions and where they stand, furthest from the test first.</param>
internal sealed record TestDeclaration(
    string TestName,
    string Arguments,
    LoadAttribute? Load,
    string LoadSource,
    ImmutableArray<(string Expression, string Source)> Budgets)
{
    /// <summary>Reads the attributes of a test method, its class with base classes, and its assembly.</summary>
    public static TestDeclaration FromMethod(Type testClass, MethodInfo method, string arguments) =>
        throw new NotSupportedException($"{testClass} {method} {arguments}");
}
