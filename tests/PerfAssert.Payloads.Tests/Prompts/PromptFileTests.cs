using System.Text;
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

    [Theory]
    [InlineData("a.jsonl", "\n{\"prompt\": \"one\"}\n \n{\"prompt\": \"two\"}\n\n")]
    [InlineData("a.csv", "\nid,prompt\n1,one\n \n2,two\n\n")]
    [InlineData("a.csv", "prompt\r\none\r\n\r\ntwo\r\n\r\n")]
    public void Blank_lines_are_passed_over(string name, string text) => All(Read(File(name, text))).Should().Equal("one", "two");

    [Theory]
    [InlineData("a.jsonl", "{\"prompt\": \"one\"}\n{\"prompt\": \"two\"}\n{\"prompt\": \"one\"}")]
    [InlineData("a.csv", "prompt\none\ntwo\none\n")]
    public void Prompts_that_repeat_stay_and_count_once(string name, string text)
    {
        var prompts = Read(File(name, text));

        All(prompts).Should().Equal("one", "two", "one");
        (prompts.Count, prompts.Set.Count).Should().Be((3, 2));
    }

    [Theory]
    [InlineData("a.jsonl", "{\"prompt\": \"ä\"}")]
    [InlineData("a.csv", "prompt\nä\n")]
    public void A_file_is_UTF8_with_or_without_a_mark_and_anything_else_is_refused(string name, string text)
    {
        All(Read(File(name, Encoding.UTF8.GetBytes(text)))).Should().Equal("ä");
        All(Read(File(name, [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)]))).Should().Equal("ä");
        foreach (var bytes in (byte[][])[Encoding.Latin1.GetBytes(text), [.. Encoding.UTF8.Preamble, .. Encoding.Latin1.GetBytes(text)]])
        {
            var read = () => Read(File(name, bytes));

            read.Should().Throw<InvalidDataException>().WithMessage($"*{name} is not UTF-8 text: * Save it as UTF-8.");
        }
    }

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
    [InlineData("a.jsonl", "{\"prompt\": \"x\"}\n{\"prompt\": \"\\ud83d\"}", "*a.jsonl:2:1: found half of a surrogate pair, expected both*")]
    [InlineData("a.jsonl", "{\"\\ud83d and more\": \"x\"}", "*a.jsonl:1:1: found half of a surrogate pair, expected both*")]
    [InlineData("a.csv", "\n\nid,text\n1,x\n", "*a.csv:3:1: found no column 'prompt', expected one of id, text")]
    [InlineData("a.csv", "id,prompt,,\n1,x,,\n", "*a.csv:1:12: found a second column '', expected each name once")]
    [InlineData("a.csv", "prompt,prompt\nx,y\n", "*a.csv:1:8: found a second column 'prompt', expected each name once")]
    [InlineData("a.csv", "id,prompt\n1,x\n2,\n", "*a.csv:3:3: found nothing in column 'prompt' (field 2), expected a prompt")]
    [InlineData("a.csv", "id,prompt\n1,\"x\ny\"\n2,\"\"\n", "*a.csv:4:3: found nothing in column 'prompt' (field 2), expected a prompt")]
    [InlineData("a.csv", "id,prompt\n1,x\n2\n", "*a.csv:3:1: found 1 fields, expected 2 as in the header")]
    [InlineData("a.csv", "id,prompt\n1,x\n2,y,z\n", "*a.csv:3:1: found 3 fields, expected 2 as in the header")]
    [InlineData("a.csv", "id,prompt\n1,x\n2,\"y\n3,z\n", "*a.csv:3:3: found a quote that is not closed*, expected quotes around the whole field and \"\" for a quote in it")]
    [InlineData("a.csv", "id,prompt\n1,\"x\n2,\"y\"\n3,z\n", "*a.csv:2:3: found a quote that is not closed*")]
    [InlineData("a.csv", "id,note,prompt\r\n1,\"a\r\nb\",\"x\r\n", "*a.csv:3:4: found a quote that is not closed*")]
    [InlineData("a.csv", "prompt,\"id\nx,1\n", "*a.csv:1:8: found a quote that is not closed*")]
    [InlineData("a.csv", "id,prompt\n1,\"x\" y\n", "*a.csv:2:3: found a quote that is not closed at the end of its field*")]
    [InlineData("a.csv", "id,prompt\n1,a 5\" screen\n2,a 7\" screen\n", "*a.csv:2:3: found a quote in a field that does not begin with one*")]
    [InlineData("a.csv", "prompt\n", "*a.csv has no prompt, expected at least one.")]
    public void A_wrong_file_says_where_and_what_was_expected(string name, string text, string message)
    {
        var read = () => Read(File(name, text));

        read.Should().Throw<InvalidDataException>().WithMessage(message);
    }

    [Fact]
    public void A_quote_that_is_not_closed_in_a_large_file_says_where()
    {
        var read = () => Read(File("a.csv", "prompt\nx\n\"" + new string('y', 17_000_000)));

        read.Should().Throw<InvalidDataException>().WithMessage("*a.csv:3:1: found a row of more than 16 million characters, expected a shorter one*");
    }

    [Fact]
    public void A_missing_file_says_where_it_was_looked_for()
    {
        var read = () => PromptPool.FromCsv("no-such.csv", "prompt");

        read.Should().Throw<FileNotFoundException>().WithMessage($"'no-such.csv' was not found, expected it in {AppContext.BaseDirectory} or a folder above it.");
    }

    private static string[] All(PayloadPool<string> pool) => [.. Enumerable.Range(0, pool.Count).Select(i => pool[i])];

    private static PayloadPool<string> Read(string path) =>
        path.EndsWith("csv", StringComparison.Ordinal) ? PromptPool.FromCsv(path, "prompt") : PromptPool.FromJsonLines(path, "prompt");

    private string File(string name, string text) => File(name, Encoding.UTF8.GetBytes(text));

    private string File(string name, byte[] bytes)
    {
        var path = Path.Combine(folder, name);
        System.IO.File.WriteAllBytes(path, bytes);
        return path;
    }
}
