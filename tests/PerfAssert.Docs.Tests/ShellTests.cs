using System.Text.RegularExpressions;
using FluentAssertions;
using PerfAssert.Docs.Tests.Documents;
using Xunit;

namespace PerfAssert.Docs.Tests;

public sealed partial class ShellTests
{
    private static readonly string[] Commands = ["dotnet", "bash", "git", "cd", "export", "jq", "curl", "taskset", "python3", "cat", "ls", "perfgate", "docker"];

    [Fact]
    public void Every_command_is_known_and_every_path_in_it_exists() => Repository.Documents.SelectMany(Problems).OnePerLine().Should().BeEmpty();

    [Theory]
    [InlineData("make test", "make is no known command")]
    [InlineData("A=1 make test", "make is no known command")]
    [InlineData("dotnet test tests/NoSuchTests", "tests/NoSuchTests does not exist")]
    [InlineData("bash .ci/nothing", ".ci/nothing does not exist")]
    public void A_wrong_command_is_reported_with_file_and_line(string command, string expected) =>
        Problems(new MarkdownDocument("a.md", $"# A\n\n```sh\n# First\n{command}\n```\n"))
            .Should().ContainSingle().Which.Should().Be($"a.md:5: {expected}");

    private static IEnumerable<string> Problems(MarkdownDocument document) => document.Blocks
        .Where(block => block.Language is "sh" or "bash" or "shell")
        .SelectMany(block => Lines(block.Content))
        .SelectMany(Problems);

    private static IEnumerable<Passage> Lines(Passage block) =>
        block.Text.Split('\n').Select((line, i) => block with { Line = block.Line + i, Text = line.Trim() })
            .Where(line => line.Text.Length > 0 && !line.Text.StartsWith('#'));

    private static IEnumerable<string> Problems(Passage line)
    {
        var command = Setting().Replace(line.Text, "").Split(' ')[0];
        if (command.Length > 0 && !Commands.Contains(command))
        {
            yield return line.Problem($"{command} is no known command");
        }

        foreach (var path in RepositoryPath().Matches(line.Text).Select(match => match.Value).Where(path => !Repository.Exists(path)))
        {
            yield return line.Problem($"{path} does not exist");
        }
    }

    // NAME=value in front of a command.
    [GeneratedRegex(@"^(\w+=('[^']*'|""[^""]*""|\S*)\s*)+")]
    private static partial Regex Setting();

    [GeneratedRegex(@"(?<![\w./-])((tests|src|samples|build|docs|benchmarks|\.ci|\.github)/[\w./-]+|[\w.-]+\.sln\b)")]
    private static partial Regex RepositoryPath();
}
