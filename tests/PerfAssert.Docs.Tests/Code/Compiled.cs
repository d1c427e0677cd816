using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using PerfAssert.Docs.Tests.Documents;

namespace PerfAssert.Docs.Tests.Code;

/// <summary>A block of C#, compiled: as whole types, as members of a class or as statements of a method, whichever fits best.</summary>
internal sealed partial class Compiled
{
    private static readonly string[] Frames =
    [
        "{0}\n{1}",
        "{0}\npublic sealed class Example : Surroundings\n{{\n{1}\n#line hidden\n}}",
        "{0}\npublic sealed class Example : Surroundings\n{{\npublic async Task Run(PerfRequest request, CancellationToken cancellationToken)\n{{\n{1}\n#line hidden\nawait Task.CompletedTask;\n}}\n}}",
    ];

    // Of no weight in an example: a name declared for show, and a type the stand-ins have as well.
    private static readonly string[] Harmless = ["CS0168", "CS0169", "CS0219", "CS0414", "CS0436", "CS0649", "CS8321"];

    private Compiled(SemanticModel model, IReadOnlyList<string> problems) => (Model, Problems) = (model, problems);

    public static CSharpCompilationOptions Options { get; } =
        new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable);

    public SemanticModel Model { get; }

    /// <summary>Errors, and the warnings that matter, each with file and line of the document.</summary>
    public IReadOnlyList<string> Problems { get; }

    public static Compiled From(Passage block) => Frames.Select(frame => Try(frame, block)).MinBy(attempt => attempt.Problems.Count)!;

    private static Compiled Try(string frame, Passage block)
    {
        // Usings must stand outside of a class; an empty line keeps the numbers of those that follow.
        var usings = string.Concat(Using().Matches(block.Text).Select(match => match.Value));
        var body = $"#line {block.Line} \"{block.File}\"\n{Using().Replace(block.Text, "\n")}";
        var tree = CSharpSyntaxTree.ParseText(string.Format(System.Globalization.CultureInfo.InvariantCulture, frame, usings, body));
        var compilation = CSharpCompilation.Create("Example", [StandIns.GlobalUsings, tree], StandIns.References, Options);
        var problems = compilation.GetDiagnostics()
            .Where(found => found.Severity >= DiagnosticSeverity.Warning && !Harmless.Contains(found.Id))
            .Select(found => Describe(found, block))
            .ToList();
        return new Compiled(compilation.GetSemanticModel(tree), problems);
    }

    private static string Describe(Diagnostic found, Passage block)
    {
        var place = found.Location.GetMappedLineSpan();
        var line = place.Path == block.File ? place.StartLinePosition.Line + 1 : block.Line;
        return (block with { Line = line }).Problem($"{found.Id} {found.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}");
    }

    [GeneratedRegex(@"^using [\w.]+;[ \t]*\n", RegexOptions.Multiline)]
    private static partial Regex Using();
}
