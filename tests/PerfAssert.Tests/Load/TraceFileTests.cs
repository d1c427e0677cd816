using FluentAssertions;
using PerfAssert.Load;
using PerfAssert.Tests.Planning;
using Xunit;

namespace PerfAssert.Tests.Load;

public sealed class TraceFileTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("# seconds from the start\n\n0.5\n  1.25 \r\n1.25\n1e1\n")]
    public void Plain_lines_are_seconds_from_the_start(string text) =>
        Read("a.txt", text).Should().Equal(500_000_000, 1_250_000_000, 1_250_000_000, 10_000_000_000);

    [Fact]
    public void Equal_offsets_are_equal_below_a_nanosecond_too() =>
        Read("a.txt", "0.6666666667\n0.6666666667\n0.66666666674\n").Should().Equal(666_666_667, 666_666_667, 666_666_667);

    [Fact]
    public void A_mooncake_trace_has_milliseconds() =>
        Read("mooncake.jsonl", """
            {"timestamp": 27482, "input_length": 6955, "output_length": 52, "hash_ids": [46, 47]}
            { "input_length": 6472, "hash_ids": [{"timestamp": 1}], "timestamp": 30535.5 }

            {"timestamp": 30535.5}
            """).Should().Equal(0, 3_053_500_000, 3_053_500_000);

    [Fact]
    public void An_azure_trace_has_dates() =>
        Read("azure.csv", """
            TIMESTAMP,ContextTokens,GeneratedTokens
            2023-11-16 18:15:46.6805900,374,44
            2023-11-16 18:15:50.9951690,396,109
            """).Should().Equal(0, 4_314_579_000);

    [Fact]
    public void An_azure_trace_of_2024_has_an_offset_from_utc() =>
        Read("azure.csv", "TIMESTAMP,ContextTokens\n2024-05-10 00:00:00.009930+00:00,2162\n2024-05-10 02:00:00.017335+02:00,2399\n").Should().Equal(0, 7_405_000);

    [Fact]
    public void A_date_may_be_escaped_as_JSON_allows() =>
        Read("a.jsonl", """
            {"timestamp":"2024-05-10T00:00:00\u002B00:00"}
            {"timestamp":"2024-05-10T00:00:01\u002B00:00"}
            """).Should().Equal(0, 1_000_000_000);

    [Fact]
    public void Milliseconds_since_1970_are_told_from_seconds() =>
        Read("a.csv", "timestamp\n1715299200123\n1715299200125\n").Should().Equal(0, 2_000_000);

    [Fact]
    public void Fields_before_the_timestamp_may_be_quoted() =>
        Read("a.CSV", "\uFEFFname,\"Timestamp\",x\n\"a, \"\"b\"\"\",\"100\",1\nc, 100.25 ,\n").Should().Equal(0, 250_000);

    [Fact]
    public void The_hash_does_not_depend_on_how_it_is_written() =>
        TraceFile.Read(File("a.csv", "timestamp\n5000\n5250\n"), "a").Sha256.Should()
            .Be(TraceFile.Read(File("b.txt", "0.000\r\n0.25\r\n"), "b").Sha256);

    [Theory]
    [InlineData("a.txt", "", "a.txt has no arrival, expected an offset in seconds on each line, such as 0.25")]
    [InlineData("a.txt", "# nothing\n\n", "a.txt has no arrival, expected an offset in seconds on each line, such as 0.25")]
    [InlineData("a.csv", "timestamp\n", "a.csv has no arrival, expected a header with a column timestamp, and rows below it")]
    [InlineData("a.txt", "0.5\n  fast\n", "a.txt:2:3: found 'fast', expected an offset in seconds such as 0.25")]
    [InlineData("a.txt", "0,5\n", "a.txt:1:1: found '0,5', expected an offset in seconds such as 0.25")]
    [InlineData("a.txt", "-1\n", "a.txt:1:1: found -1, expected no arrival before the start")]
    [InlineData("a.txt", "1\n\n 0.5\n", "a.txt:3:2: found 0.5, which is before the arrival above it, expected ascending order: sort the file")]
    [InlineData("a.txt", "3600001\n", "a.txt:1:1: found 3600001, which is more than 1000 h after the start, expected seconds from the start of the phase, and fewer")]
    [InlineData("a.jsonl", "{\"timestamp\": 5}\n{\"timestamp\": 4, \"x\": 1}\n", "a.jsonl:2:15: found 4, which is before the arrival above it, expected ascending order: sort the file")]
    [InlineData("a.jsonl", "{\"time\": 5}\n", "a.jsonl:1:1: found no timestamp, expected an object with a timestamp on each line, such as { \"timestamp\": 1500 }")]
    [InlineData("a.jsonl", "{\"\u00e4\": 1, \"timestamp\": true}\n", "a.jsonl:1:23: found a timestamp that is neither a number nor a text, expected milliseconds such as 1500, or a date and time such as 2024-05-10 00:00:00.009")]
    [InlineData("a.jsonl", "[5]\n", "a.jsonl:1:1: found no JSON object, expected an object with a timestamp on each line, such as { \"timestamp\": 1500 }")]
    [InlineData("a.jsonl", "{\"timestamp\" 5}\n", "a.jsonl:1:14: found no JSON object, expected an object with a timestamp on each line, such as { \"timestamp\": 1500 }")]
    [InlineData("a.csv", "time,x\n1,2\n", "a.csv:1:1: found no column timestamp in the first line, expected a header that names it")]
    [InlineData("a.csv", "x,timestamp\n1\n", "a.csv:2:2: found 1 fields, expected a timestamp in field 2")]
    [InlineData("a.csv", "x,timestamp\n1,soon\n", "a.csv:2:3: found 'soon', expected milliseconds such as 1500, or a date and time such as 2024-05-10 00:00:00.009")]
    [InlineData("a.csv", "x,timestamp\n\"a,5\n", "a.csv:2:1: found a quote that is not closed on its line, expected '\"' behind the field")]
    [InlineData("a.csv", "timestamp,prompt\n1000,\"first\n1500, second\"\n", "a.csv:2:6: found a quote that is not closed on its line, expected '\"' behind the field")]
    [InlineData("a.csv", "timestamp\n1715299200.123\n", "a.csv:2:1: found 1715299200.123, which looks like seconds since 1970, expected milliseconds such as 1500, or a date and time such as 2024-05-10 00:00:00.009; milliseconds count from the first one, so take that off")]
    [InlineData("a.jsonl", "{\"timestamp\":1}{\"timestamp\":2}\n", "a.jsonl:1:16: found no JSON object, expected an object with a timestamp on each line, such as { \"timestamp\": 1500 }")]
    [InlineData("a.jsonl", "{\"timestamp\":1,\n", "a.jsonl:1:15: found no JSON object, expected an object with a timestamp on each line, such as { \"timestamp\": 1500 }")]
    [InlineData("a.json", "[]", "a.json ends with '.json', expected .jsonl (an object a line), .csv, or .txt with an offset in seconds on each line")]
    [InlineData("a.txt", "[00000000000000000000000000000000000000000000000000]", "a.txt:1:1: found '[000000000000000000000000000000000000000…', expected an offset in seconds such as 0.25")]
    public void A_wrong_file_says_where_and_what_was_expected(string name, string text, string problem) =>
        Problem(name, text).Should().Be(problem);

    [Theory]
    [InlineData(new byte[] { 0x31, 0x0A, 0xFF, 0xFE })]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF, 0x23, 0xFF, 0x0A, 0x31 })]
    public void A_file_that_is_no_text_says_so(byte[] content)
    {
        System.IO.File.WriteAllBytes(folder.File("a.txt"), content);

        Invoking(folder.File("a.txt"), "a.txt").Should().Throw<TraceFileException>().WithMessage("a.txt is not UTF-8 text: *");
    }

    private List<long> Read(string name, string text)
    {
        var trace = TraceFile.Read(File(name, text), name);
        return [.. Enumerable.Range(0, (int)trace.Count).Select(index => trace[index])];
    }

    private string Problem(string name, string text) => Invoking(File(name, text), name).Should().ThrowExactly<TraceFileException>().Which.Message;

    private static Action Invoking(string path, string name) => () => TraceFile.Read(path, name);

    private string File(string name, string text) => folder.With(name, text).File(name);
}
