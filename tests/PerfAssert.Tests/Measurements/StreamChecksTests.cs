using FluentAssertions;
using PerfAssert.Measurements;
using Xunit;

namespace PerfAssert.Tests.Measurements;

/// <summary>Times in milliseconds: an answer of tokens at a steady pace, and what can be wrong with it.</summary>
public sealed class StreamChecksTests
{
    [Fact]
    public void An_even_stream_agrees_with_its_latency() =>
        Of(latency: 500, first: 100, last: 500, chunks: 41, marked: 41, told: 41).Should().Be(new StreamChecks(1, 0, 0, 0, 0, 0, 0));

    [Fact]
    public void Marks_alone_are_enough() =>
        Of(latency: 500, first: 100, last: 500, chunks: 41, marked: 41, told: 0).Should().Be(new StreamChecks(1, 0, 0, 0, 0, 0, 0));

    [Fact]
    public void A_server_that_counts_twice_as_many_is_off_by_the_time_of_the_others()
    {
        // 40 gaps of 10 ms were marked; 81 tokens at that pace would take 800 ms, and there were 400.
        var checks = Of(latency: 500, first: 100, last: 500, chunks: 41, marked: 41, told: 81);

        checks.Should().Be(new StreamChecks(1, 1, 400_000_000, 1, 41, 81, 0));
    }

    [Fact]
    public void An_answer_that_goes_on_after_its_last_token_is_off_by_that_time() =>
        Of(latency: 520, first: 100, last: 500, chunks: 41, marked: 41, told: 41).Should().Be(new StreamChecks(1, 1, 20_000_000, 0, 0, 0, 0));

    [Theory]
    [InlineData(50.9, 50, 0)]
    [InlineData(51.1, 50, 1)]
    [InlineData(504.9, 500, 0)]
    [InlineData(505.1, 500, 1)]
    public void A_gap_counts_beyond_a_millisecond_and_a_hundredth_of_the_latency(double latency, double last, long uneven) =>
        Of(latency, 10, last, chunks: 11, marked: 11, told: 11).Uneven.Should().Be(uneven);

    [Fact]
    public void An_end_token_that_has_no_chunk_but_takes_its_time_agrees() =>
        Of(latency: 510, first: 100, last: 500, chunks: 41, marked: 41, told: 42).Should().Be(new StreamChecks(1, 0, 0, 1, 41, 42, 0));

    [Fact]
    public void A_chunk_for_the_whole_answer_has_no_pace()
    {
        Of(latency: 500, first: 100, last: 100, chunks: 1, marked: 1, told: 40).Should().Be(new StreamChecks(1, 1, 400_000_000, 1, 1, 40, 0));
        Of(latency: 500, first: 500, last: 500, chunks: 1, marked: 1, told: 40).Uneven.Should().Be(0);
    }

    [Fact]
    public void One_token_has_no_time_per_output_token_and_agrees() =>
        Of(latency: 500, first: 100, last: 100, chunks: 1, marked: 1, told: 1).Should().Be(new StreamChecks(1, 0, 0, 0, 0, 0, 0));

    [Fact]
    public void Chunks_of_several_tokens_are_counted() =>
        Of(latency: 500, first: 100, last: 500, chunks: 10, marked: 30, told: 30).Should().Be(new StreamChecks(1, 0, 0, 0, 0, 0, 1));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(41, 0)]
    public void Chunks_that_the_server_did_not_count_are_told_unless_someone_else_did(long told, long uncounted) =>
        Of(latency: 500, first: 100, last: 500, chunks: 41, marked: 41, told, uncounted: true).Uncounted.Should().Be(uncounted);

    [Fact]
    public void They_add_up() =>
        (new StreamChecks(1, 2, 3, 4, 5, 6, 7, 8) + new StreamChecks(10, 20, 30, 40, 50, 60, 70, 80))
            .Should().Be(new StreamChecks(11, 22, 33, 44, 55, 66, 77, 88));

    private static StreamChecks Of(double latency, double first, double last, long chunks, long marked, long told, bool uncounted = false) =>
        StreamChecks.Of(Nanoseconds(latency), Nanoseconds(first), Nanoseconds(last - first), chunks, marked, told, uncounted);

    private static long Nanoseconds(double milliseconds) => (long)Math.Round(milliseconds * 1e6);
}
