using FluentAssertions;
using PerfAssert.Runs;
using Xunit;

namespace PerfAssert.Tests.Runs;

public sealed class GitCommitTests : IDisposable
{
    private const string Commit = "0123456789abcdef0123456789abcdef01234567";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_build_server_knows() =>
        GitCommit.Find(folder.Path, name => name == "GITHUB_SHA" ? Commit : null).Should().Be(Commit);

    [Fact]
    public void What_is_checked_out_is_what_is_tested_whatever_the_build_server_was_started_for()
    {
        Write(".git/HEAD", Commit);

        GitCommit.Find(folder.Path, name => name == "GITHUB_SHA" ? Commit.Replace('0', 'f') : null).Should().Be(Commit);
    }

    [Fact]
    public void A_detached_head_is_read_from_the_folder_above()
    {
        Write(".git/HEAD", Commit + "\n");

        Find("a/b").Should().Be(Commit);
    }

    [Fact]
    public void A_branch_is_followed()
    {
        Write(".git/HEAD", "ref: refs/heads/main\n");
        Write(".git/refs/heads/main", Commit + "\n");

        Find("a").Should().Be(Commit);
    }

    [Fact]
    public void A_packed_branch_is_followed()
    {
        Write(".git/HEAD", "ref: refs/heads/main\n");
        Write(".git/packed-refs", $"# pack-refs with: peeled\n{Commit.Replace('0', 'f')} refs/heads/main2\n{Commit} refs/heads/main\n^{Commit}\n");

        Find("a").Should().Be(Commit);
    }

    [Fact]
    public void A_worktree_shares_the_branches()
    {
        Write("main/.git/worktrees/w/HEAD", "ref: refs/heads/w");
        Write("main/.git/worktrees/w/commondir", "../..\n");
        Write("main/.git/refs/heads/w", Commit);
        Write("w/.git", "gitdir: ../main/.git/worktrees/w\n");

        Find("w/bin").Should().Be(Commit);
    }

    [Theory]
    [InlineData("ref: refs/heads/none")]
    [InlineData("rubbish")]
    [InlineData("")]
    public void What_cannot_be_known_is_not_guessed(string head)
    {
        Write(".git/HEAD", head);

        Find("a").Should().BeNull();
    }

    private string? Find(string below) => GitCommit.Find(Directory.CreateDirectory(Path.Combine(folder.Path, below)).FullName, _ => null);

    private void Write(string path, string text)
    {
        var full = Path.Combine(folder.Path, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}
