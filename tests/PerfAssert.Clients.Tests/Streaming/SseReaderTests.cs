using System.Text;
using FluentAssertions;
using Xunit;

namespace PerfAssert.Clients.Tests.Streaming;

public sealed class SseReaderTests
{
    private const string Stream =
        ": a comment\n\ndata: {\"a\":1}\n\nevent: message\nid: 7\ndata:{\"b\":\"ä €\"}\n\n: ping\n\ndata: one\ndata: two\ndata\ndata: four\nretry: 10\n\ndatabase: no\n\ndata:\n\ndata:  two spaces\n\n";

    private static readonly string[] Expected = ["{\"a\":1}", "{\"b\":\"ä €\"}", "one\ntwo\n\nfour", " two spaces"];

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public async Task Every_split_of_a_stream_gives_the_same_events(string newline)
    {
        foreach (var pieces in Read.Splits(Encoding.UTF8.GetBytes(Stream.Replace("\n", newline, StringComparison.Ordinal))))
        {
            var (events, rest) = await Read.Events(pieces);

            events.Should().Equal(Expected);
            rest.Should().BeEmpty();
        }
    }

    [Theory]
    [InlineData("data: whole\n\ndata: half", "data: half")]
    [InlineData("data: whole\n\ndata: half\n", "data: half\n")]
    [InlineData("data: whole\n\n: comment\n", "")]
    [InlineData("data: whole\r\n\r", "")]
    public async Task What_stands_at_the_end_without_an_empty_line_is_no_event(string stream, string left)
    {
        foreach (var pieces in Read.Splits(Encoding.UTF8.GetBytes(stream)))
        {
            var (events, rest) = await Read.Events(pieces);

            events.Should().Equal("whole");
            rest.Should().Be(left);
        }
    }

    [Fact]
    public async Task An_event_larger_than_the_buffer_is_read_whole()
    {
        var large = new string('x', 300_000);

        var (events, _) = await Read.Events([.. Encoding.UTF8.GetBytes($"data: a\n\ndata: {large}\n\ndata: b\n\n").Chunk(7_000)]);

        events.Should().Equal("a", large, "b");
    }
}
