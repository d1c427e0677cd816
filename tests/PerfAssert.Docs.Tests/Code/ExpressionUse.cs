using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAssert.Budgets;
using PerfAssert.Expressions;
using PerfAssert.Load;
using PerfAssert.Planning;

namespace PerfAssert.Docs.Tests.Code;

/// <summary>A text in C# that one of PerfAssert's parsers will read.</summary>
/// <param name="Node">Where it stands.</param>
/// <param name="Text">What is read.</param>
/// <param name="Kind"><c>budget</c>, <c>load</c>, or the name of an option.</param>
internal sealed record ExpressionUse(SyntaxNode Node, string Text, string Kind)
{
    /// <summary>Those of <c>[Load]</c>, <c>[Budget]</c>, <c>PerfTest.Run</c>, its options and <c>Meet</c>.</summary>
    public static IEnumerable<ExpressionUse> In(SemanticModel model) =>
        from node in model.SyntaxTree.GetRoot().DescendantNodes()
        let kind = KindOf(node, model)
        where kind is not null
        from text in node.DescendantNodesAndSelf().OfType<ExpressionSyntax>()
        let value = model.GetConstantValue(text)
        where value is { HasValue: true, Value: string } && text.Parent is not BinaryExpressionSyntax
        select new ExpressionUse(text, (string)value.Value!, kind);

    /// <summary>What the parser says; <see langword="null"/>: it understands.</summary>
    public string? Problem()
    {
        try
        {
            _ = Kind switch
            {
                "budget" => (object)Budget.Parse(Text),
                "load" => LoadExpression.Parse(Text),
                nameof(LoadAttribute.WarmUp) => WarmUp.Parse(Text),
                _ => LoadRanges.ParseRequestTimeout(Text),
            };
            return null;
        }
        catch (PerfExpressionException exception)
        {
            return $"{Kind} '{Text}': {exception.Message}";
        }
    }

    private static string? KindOf(SyntaxNode node, SemanticModel model) => node switch
    {
        AttributeArgumentSyntax { Parent.Parent: AttributeSyntax attribute } argument =>
            KindOf(model.GetTypeInfo(attribute).Type?.Name, argument.NameEquals?.Name.ToString()),
        AssignmentExpressionSyntax { Right: var right } assignment when right is LiteralExpressionSyntax =>
            Option(assignment.Left.ToString()),
        ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } argument when call.Expression.ToString() == "PerfTest.Run" =>
            Parameter(argument, call),
        ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Meet" } } } list } argument
            when list.Arguments.IndexOf(argument) == 0 => "budget",
        _ => null,
    };

    private static string? KindOf(string? attribute, string? option) => attribute switch
    {
        nameof(BudgetAttribute) => "budget",
        nameof(LoadAttribute) => option is null ? "load" : Option(option),
        _ => null,
    };

    private static string? Option(string name) => name is nameof(LoadAttribute.WarmUp) or nameof(LoadAttribute.RequestTimeout) ? name : null;

    private static string? Parameter(ArgumentSyntax argument, InvocationExpressionSyntax call) =>
        (argument.NameColon?.Name.ToString(), call.ArgumentList.Arguments.IndexOf(argument)) switch
        {
            ("load", _) or (null, 1) => "load",
            ("budgets", _) or (null, 2) => "budget",
            _ => null,
        };
}
