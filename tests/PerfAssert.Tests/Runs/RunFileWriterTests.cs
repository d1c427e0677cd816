using CsCheck;
using FluentAssertions;
using PerfAssert.Runs;
using Xunit;

namespace PerfAssert.Tests.Runs;

public sealed class RunFileWriterTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_name_sorts_by_time_says_the_test_and_is_unique()
    {
        var target = Path.Combine(folder.Path, "new", "folder");

        var paths = Enumerable.Range(0, 3).Select(_ => RunFileWriter.Write(target, RunFiles.Passing)).ToList();

        paths.Should().OnlyHaveUniqueItems();
        Path.GetFileName(paths[0]).Should().MatchRegex("^20260304-050607\\.089-ModelPerfTests\\.SentimentEndpoint\\.Classify-[0-9a-f]{8}\\.json$");
        Directory.GetFiles(target).Should().BeEquivalentTo(paths, "nothing else is left behind");
    }

    [Fact]
    public void A_folder_that_is_a_file_is_an_error_that_says_what_to_do()
    {
        var file = Path.Combine(folder.Path, "taken");
        File.WriteAllText(file, "");

        var write = () => RunFileWriter.Write(file, RunFiles.Passing);

        write.Should().Throw<RunFileException>()
            .WithMessage($"The result of {RunFiles.Passing.TestName} cannot be written to '{file}': *PERFASSERT_RESULTS.");
    }

    [Fact]
    public void A_full_disk_is_an_error_and_leaves_no_file()
    {
        var write = () => RunFileWriter.Write(folder.Path, RunFiles.Passing, path => new FullDisk(path));

        write.Should().Throw<RunFileException>().WithMessage("*No space left on device*free some space*");
        Directory.GetFiles(folder.Path).Should().BeEmpty();
    }

    [Theory]
    [InlineData("A.B.C(length: 16, text: \"a/b\\\\c\")", "A.B.C-length-16-text-a-b-c")]
    [InlineData("../../etc/passwd", "etc-passwd")]
    [InlineData("名前", "test")]
    [InlineData("", "test")]
    public void A_slug_is_the_name_in_safe_characters(string name, string slug) => RunFileName.Slug(name).Should().Be(slug);

    [Fact]
    public void Any_name_gives_a_safe_slug() =>
        Gen.String.Sample(name => System.Text.RegularExpressions.Regex.IsMatch(RunFileName.Slug(name), @"\A[A-Za-z0-9_]([A-Za-z0-9_.-]{0,78}[A-Za-z0-9_])?\z"));

    private sealed class FullDisk(string path) : FileStream(path, FileMode.CreateNew)
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("No space left on device");

        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("No space left on device");
    }
}
