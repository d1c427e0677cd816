using FluentAssertions;
using PerfAssert.Payloads.Prompts;
using Xunit;

namespace PerfAssert.Payloads.Tests.Prompts;

public sealed class PromptFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("perfassert-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Json_lines_give_the_member_of_each_line() =>
        All(PromptPool.FromJsonLines(File("a.jsonl", "{\"id\": 1, \"prompt\": \"one \\u00e4\"}\n\n{\"prompt\": \"two\"}\n"), "prompt")).Should().Equal("one ä", "two");

    [Fact]
    public void Csv_gives_the_column_of_each_row() =>
        All(PromptPool.FromCsv(File("a.csv", "id,prompt\n1,\"a, \"\"quoted\"\"\nand long one\"\n2,two\n"), "prompt")).Should().Equal("a, \"quoted\"\nand long one", "two");

    [Fact]
    public void A_seed_shuffles_and_the_order_is_in_the_hash()
    {
        var path = File("a.csv", "prompt\n" + string.Join('\n', Enumerable.Range(0, 100)) + "\n");
        var straight = PromptPool.FromCsv(path, "prompt");
        var shuffled = PromptPool.FromCsv(path, "prompt", PayloadOrder.Shuffled, seed: 3);

        All(shuffled).Should().NotEqual(All(straight)).And.BeEquivalentTo(All(straight));
        All(PromptPool.FromCsv(path, "prompt", PayloadOrder.Shuffled, seed: 3)).Should().Equal(All(shuffled));
        shuffled.Set.Sha256.Should().NotBe(straight.Set.Sha256);
        (straight.Set.Name, straight.Set.Count, straight.Set.Tokens).Should().Be(("a.csv", 100, null));
    }

    [Fact]
    public void Tokens_are_counted_when_there_is_a_tokenizer() =>
        PromptPool.FromCsv(File("a.csv", "prompt\na b c\na\n"), "prompt", tokens: TokenCounter.Of("words", text => text.Split(' ').Length))
            .Set.Tokens.Should().Be(new PerfAssert.Measurements.TokenSummary(1, 2, 3));

    [Theory]
    [InlineData("a.jsonl", "", "*a.jsonl has no prompt, expected at least one.")]
    [InlineData("a.jsonl", "{\"prompt\": \"x\"}\n{\"text\": \"y\"}", "*a.jsonl:2:1: found no member 'prompt', expected an object with it on each line")]
    [InlineData("a.jsonl", "{\"prompt\": 5}", "*a.jsonl:1:1: found a member 'prompt' that is no text or an empty one, expected a prompt")]
    [InlineData("a.jsonl", "{\"prompt\" \"x\"}", "*a.jsonl:1:11: found no JSON, expected an object on each line")]
    [InlineData("a.csv", "id,text\n1,x\n", "*a.csv:1:1: found no column 'prompt', expected one of id, text")]
    [InlineData("a.csv", "id,prompt\n1,x\n2,\n", "*a.csv:3: found nothing in column 'prompt' (field 2), expected a prompt")]
    [InlineData("a.csv", "id,prompt\n1,x\n2\n", "*a.csv: *[3..4]*")]
    [InlineData("a.csv", "prompt\n", "*a.csv has no prompt, expected at least one.")]
    public void A_wrong_file_says_where_and_what_was_expected(string name, string text, string message)
    {
        var read = () => name.EndsWith("csv", StringComparison.Ordinal)
            ? PromptPool.FromCsv(File(name, text), "prompt")
            : PromptPool.FromJsonLines(File(name, text), "prompt");

        read.Should().Throw<InvalidDataException>().WithMessage(message);
    }

    [Fact]
    public void A_missing_file_says_where_it_was_looked_for()
    {
        var read = () => PromptPool.FromCsv("no-such.csv", "prompt");

        read.Should().Throw<FileNotFoundException>().WithMessage($"'no-such.csv' was not found, expected it in {AppContext.BaseDirectory} or a folder above it.");
    }

    private static string[] All(PayloadPool<string> pool) => [.. Enumerable.Range(0, pool.Count).Select(i => pool[i])];

    private string File(string name, string text)
    {
        var path = Path.Combine(folder, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }
}
