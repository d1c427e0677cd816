using System.Text;
using FluentAssertions;
using Xunit;

namespace PerfAssert.Clients.Tests.Streaming;

public sealed class LineReaderTests
{
    [Theory]
    [InlineData("{\"a\":\"ä\"}\n\n{\"b\":2}\n", false)]
    [InlineData("{\"a\":\"ä\"}\r\n\r\n{\"b\":2}\r\n", false)]
    [InlineData("{\"a\":\"ä\"}\n{\"b\":2}", true)]
    public async Task Every_split_of_a_stream_gives_the_same_lines(string stream, bool endedByStream)
    {
        foreach (var pieces in Read.Splits(Encoding.UTF8.GetBytes(stream)))
        {
            var (lines, ended) = await Read.Lines(pieces);

            lines.Should().Equal("{\"a\":\"ä\"}", "{\"b\":2}");
            ended.Should().Be(endedByStream);
        }
    }
}
