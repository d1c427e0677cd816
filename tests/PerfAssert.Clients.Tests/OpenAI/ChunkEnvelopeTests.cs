using System.Text;
using FluentAssertions;
using PerfAssert.Clients.OpenAI;
using Xunit;

namespace PerfAssert.Clients.Tests.OpenAI;

/// <summary>What may be taken for another content in the same envelope, and what has to be read.</summary>
public sealed class ChunkEnvelopeTests
{
    private const string Seen = """{"id":"a","choices":[{"delta":{"content":"one"},"finish_reason":null}]}""";

    [Theory]
    [InlineData("""{"id":"a","choices":[{"delta":{"content":"two and ä"},"finish_reason":null}]}""", true)]
    [InlineData("""{"id":"a","choices":[{"delta":{"content":"x"},"finish_reason":null}]}""", true)]
    [InlineData("""{"id":"a","choices":[{"delta":{"content":""},"finish_reason":null}]}""", false)]
    [InlineData("""{"id":"a","choices":[{"delta":{"content":"a\"b"},"finish_reason":null}]}""", false)]
    [InlineData("""{"id":"a","choices":[{"delta":{"content":"a\\"},"finish_reason":null}]}""", false)]
    [InlineData("""{"id":"a","choices":[{"delta":{"content":"x"},"finish_reason":"stop"}]}""", false)]
    [InlineData("""{"id":"a","choices":[{"delta":{"content":"x"},"error":1,"y":"z"},"finish_reason":null}]}""", false)]
    [InlineData("""{"id":"b","choices":[{"delta":{"content":"x"},"finish_reason":null}]}""", false)]
    [InlineData("""{"id":"a","choices":[{"delta":{"content":"},"finish_reason":null}]}""", false)]
    [InlineData("{\"id\":\"a\",\"choices\":[{\"delta\":{\"content\":\"a\tb\"},\"finish_reason\":null}]}", false)]
    [InlineData("""{"error":"x"}""", false)]
    public void Only_a_plain_string_in_the_same_place_is_the_same(string chunk, bool same)
    {
        var envelope = new ChunkEnvelope();
        envelope.Remember(Encoding.UTF8.GetBytes(Seen), Seen.IndexOf("one", StringComparison.Ordinal), 3);

        envelope.IsAround(Encoding.UTF8.GetBytes(chunk)).Should().Be(same);
    }

    [Fact]
    public void Nothing_is_around_anything_before_a_chunk_was_read() =>
        new ChunkEnvelope().IsAround(Encoding.UTF8.GetBytes(Seen)).Should().BeFalse();
}
