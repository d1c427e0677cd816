using FluentAssertions;
using PerfAssert.Docs.Tests.Documents;
using Xunit;

namespace PerfAssert.Docs.Tests;

public sealed class LinkTests
{
    [Fact]
    public void Every_relative_link_leads_somewhere() => Repository.Documents.SelectMany(Problems).OnePerLine().Should().BeEmpty();

    [Theory]
    [InlineData("nowhere.md", "nothing is there")]
    [InlineData("load.md#no-such-heading", "no such heading")]
    [InlineData("#b", "no such heading")]
    public void A_dead_link_is_reported_with_file_and_line(string link, string expected) =>
        Problems(new MarkdownDocument("docs/a.md", $"# A\n\nSee [this]({link}).\n"))
            .Should().ContainSingle().Which.Should().StartWith("docs/a.md:3: ").And.Contain(expected);

    [Fact]
    public void Every_page_is_reached_from_the_README_or_another_page()
    {
        var linked = Repository.Documents.SelectMany(document => document.Links.Select(link => Target(document, link.Text))).ToHashSet();

        Repository.Documents.Select(document => document.File)
            .Where(file => file.StartsWith("docs/", StringComparison.Ordinal) && !file.StartsWith("docs/decisions/", StringComparison.Ordinal))
            .Should().BeSubsetOf(linked);
    }

    private static IEnumerable<string> Problems(MarkdownDocument document) => document.Links
        .Where(link => !link.Text.Contains("://", StringComparison.Ordinal) && !link.Text.StartsWith("mailto:", StringComparison.Ordinal))
        .Select(link => Problem(document, link))
        .OfType<string>();

    private static string? Problem(MarkdownDocument document, Passage link)
    {
        var anchor = link.Text.Split('#', 2) is [_, var heading] ? heading : null;
        var file = Target(document, link.Text);
        if (file != document.File && !Repository.Exists(file))
        {
            return link.Problem($"link to {link.Text}: nothing is there");
        }

        var target = file == document.File ? document : Repository.Documents.FirstOrDefault(other => other.File == file);
        return anchor is not null && target?.Anchors.Contains(anchor) == false ? link.Problem($"link to {link.Text}: no such heading") : null;
    }

    private static string Target(MarkdownDocument document, string link)
    {
        var path = link.Split('#')[0];
        return path.Length == 0
            ? document.File
            : Path.GetRelativePath(Repository.Root, Path.GetFullPath(path, Path.GetDirectoryName(Repository.PathOf(document.File))!)).Replace('\\', '/');
    }
}
