using System.Text;
using System.Text.RegularExpressions;

namespace PerfAssert.Docs.Tests.Documents;

/// <summary>What the checks need of a Markdown document: its fenced blocks, and links, headings and inline code outside of them.</summary>
internal sealed partial class MarkdownDocument
{
    private readonly List<Passage> prose = [];
    private readonly List<CodeBlock> blocks = [];

    public MarkdownDocument(string file, string text)
    {
        (File, Text) = (file, text);
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (Fence().Match(lines[i]) is not { Success: true } fence)
            {
                prose.Add(new Passage(file, i + 1, lines[i]));
                continue;
            }

            var (first, content) = (i + 2, new StringBuilder());
            while (++i < lines.Length && lines[i].Trim() != fence.Groups["fence"].Value)
            {
                content.Append(lines[i]).Append('\n');
            }

            blocks.Add(new CodeBlock(fence.Groups["language"].Value, new Passage(file, first, content.ToString())));
        }
    }

    public string File { get; }

    public string Text { get; }

    public IReadOnlyList<CodeBlock> Blocks => blocks;

    /// <summary>Targets of links and images.</summary>
    public IEnumerable<Passage> Links => Find(Link(), Code().Replace);

    /// <summary>Inline code without its ticks.</summary>
    public IEnumerable<Passage> InlineCode => Find(Code(), (line, _) => line);

    /// <summary>What a link to a heading may say after the <c>#</c>.</summary>
    public IEnumerable<string> Anchors => prose
        .Where(line => line.Text.StartsWith('#'))
        .Select(line => NoAnchor().Replace(line.Text.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    private IEnumerable<Passage> Find(Regex pattern, Func<string, string, string> prepare) =>
        from line in prose
        from match in pattern.Matches(prepare(line.Text, ""))
        select line with { Text = match.Groups["text"].Value };

    [GeneratedRegex(@"^\s*(?<fence>```+|~~~+)(?<language>[\w-]*).*$")]
    private static partial Regex Fence();

    [GeneratedRegex(@"\]\((?<text>[^)\s]+)[^)]*\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(?<ticks>`+)(?<text>.+?)\k<ticks>(?!`)")]
    private static partial Regex Code();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoAnchor();
}
