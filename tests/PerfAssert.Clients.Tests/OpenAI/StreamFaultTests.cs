using System.Text;
using FluentAssertions;
using PerfAssert.Clients.OpenAI;
using PerfAssert.Clients.Tests.Support;
using Xunit;

namespace PerfAssert.Clients.Tests.OpenAI;

/// <summary>Streams that look fine at first: each is a failed request of its own name.</summary>
public sealed class StreamFaultTests
{
    private const string Role = "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}]}\n\n";
    private const string Content = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"finish_reason\":null}]}\n\n";
    private const string Finish = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    private const string Usage = "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}\n\n";
    private const string UsageAsAsked = "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":3}}\n\n";
    private const string Done = "data: [DONE]\n\n";

    public static TheoryData<string, FailureKind, string> Faults => new()
    {
        { Content + Finish, FailureKind.Truncated, "truncated answer: no [DONE] at the end of the stream" },
        { Content + Finish + "data: {\"cho", FailureKind.Truncated, "truncated answer: half an event at the end of the stream" },
        { Content + Finish + "data: [DO", FailureKind.Truncated, "truncated answer: half an event at the end of the stream" },
        { Content + Done, FailureKind.Truncated, "truncated answer: no finish_reason in the stream" },
        { "", FailureKind.Truncated, "truncated answer: no [DONE] at the end of the stream" },
        { Content + "data: {\"error\":{\"message\":\"out of memory on request 4711\",\"type\":\"server_error\",\"code\":500}}\n\n" + Done, FailureKind.ErrorInAnswer, "error inside a successful answer: server_error" },
        { Content + "data: {\"error\":\"boom\"}\n\n", FailureKind.ErrorInAnswer, "error inside a successful answer" },
        { "data: {\"object\":\"error\",\"message\":\"too long\",\"type\":\"BadRequestError\",\"code\":400}\n\n" + Done, FailureKind.ErrorInAnswer, "error inside a successful answer: BadRequestError" },
        { Content + Finish.Replace("stop", "abort", StringComparison.Ordinal) + UsageAsAsked + Done, FailureKind.ErrorInAnswer, "error inside a successful answer: abort" },
        { Content + Finish.Replace("stop", "error", StringComparison.Ordinal) + UsageAsAsked + Done, FailureKind.ErrorInAnswer, "error inside a successful answer: error" },
        { Content + "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"error\"}],\"error\":{\"code\":502,\"message\":\"gone\"}}\n\n" + Done, FailureKind.ErrorInAnswer, "error inside a successful answer: 502" },
        { Content + "data: {\"choices\":[\n\n", FailureKind.Malformed, "malformed answer: no chat or text completion" },
        { Content + "data: 7\n\n", FailureKind.Malformed, "malformed answer: no chat or text completion" },
        { Content + "data: {} {}\n\n", FailureKind.Malformed, "malformed answer: no chat or text completion" },
        { Finish + Done, FailureKind.ShortOutput, "short output: no content" },
        { Role + Finish + UsageAsAsked + Done, FailureKind.ShortOutput, "short output: no content" },
        { Content + Content + Finish + Usage + Done, FailureKind.ShortOutput, "short output: fewer tokens than asked for" },
        { Content + Content + Finish + Done, FailureKind.ShortOutput, "short output: fewer tokens than asked for" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_stream_that_is_no_answer_is_named(string stream, FailureKind kind, string message)
    {
        await using var server = RawServer.Answering(Support.Http.ChunkedSse(stream));
        using var client = new OpenAIClient(server.Address, "m");

        var failure = await Failure.Of(() => client.ChatAsync(null, new ChatRequest("Hi") { OutputTokens = 3 }));

        (failure.Kind, failure.Message).Should().Be((kind, message));
    }

    [Theory]
    [InlineData(Content + Finish + Usage + "data: [DONE]")]
    [InlineData(Content + Finish + Usage + "data: [DONE]\n")]
    [InlineData(Content + Finish + Usage + "data: [DONE]\r\n\r\n")]
    [InlineData(Content + Finish + Usage + Done + ": bye\n\n")]
    [InlineData(Content + Finish + Usage + Done + "data: {\"late\":true}\n\n")]
    public async Task An_end_mark_ends_the_answer_however_it_is_written(string stream)
    {
        await using var server = RawServer.Answering(Support.Http.Sse(stream));
        using var client = new OpenAIClient(server.Address, "m");

        var result = await client.ChatAsync(null, new ChatRequest("Hi"));

        (result.Chunks, result.OutputTokens).Should().Be((1, 2));
    }

    [Fact]
    public async Task An_answer_that_a_filter_cut_is_an_answer_and_says_so()
    {
        await using var server = RawServer.Answering(Support.Http.Sse(Content + Finish.Replace("stop", "content_filter", StringComparison.Ordinal) + Usage + Done));
        using var client = new OpenAIClient(server.Address, "m");

        (await client.ChatAsync(null, new ChatRequest("Hi"))).FinishReason.Should().Be("content_filter");
    }

    [Fact]
    public async Task Chunks_are_not_tokens_so_a_server_that_counts_no_tokens_is_believed_that_it_reached_the_length()
    {
        await using var server = RawServer.Answering(asked => asked.Json.GetProperty("stream").GetBoolean()
            ? Support.Http.Sse(Content + Finish.Replace("stop", "length", StringComparison.Ordinal) + Done)
            : Support.Http.Json("""{"choices":[{"message":{"content":"a"},"finish_reason":"length"}]}"""));
        using var client = new OpenAIClient(server.Address, "m");

        (await client.ChatAsync(null, new ChatRequest("Hi") { OutputTokens = 3 })).Chunks.Should().Be(1);
        (await client.ChatAsync(null, new ChatRequest("Hi") { OutputTokens = 3, Stream = false })).FinishReason.Should().Be("length");
    }

    [Theory]
    [InlineData("""{"choices":[{"message":{"content":""},"finish_reason":"stop"}],"usage":{"completion_tokens":3}}""", FailureKind.ShortOutput, "short output: no content")]
    [InlineData("""{"choices":[{"message":{"content":"a"},"finish_reason":"abort"}],"usage":{"completion_tokens":3}}""", FailureKind.ErrorInAnswer, "error inside a successful answer: abort")]
    [InlineData("""{"choices":[{"message":{"content":"a b c d"},"finish_reason":"stop"}]}""", FailureKind.ShortOutput, "short output: length unknown, the server counted no tokens")]
    public async Task An_answer_without_a_stream_that_is_none_is_named(string body, FailureKind kind, string message)
    {
        await using var server = RawServer.Answering(Support.Http.Json(body));
        using var client = new OpenAIClient(server.Address, "m");

        var failure = await Failure.Of(() => client.ChatAsync(null, new ChatRequest("Hi") { OutputTokens = 3, Stream = false }));

        (failure.Kind, failure.Message).Should().Be((kind, message));
    }

    [Theory]
    [InlineData("""{"error":{"message":"overloaded","type":"overloaded_error"}}""", FailureKind.ErrorInAnswer, "error inside a successful answer: overloaded_error")]
    [InlineData("""{"choices":[{"message":{"content":"a"},"finish_reason":"stop"}]}""", FailureKind.Malformed, "malformed answer: no stream though one was asked for")]
    [InlineData("""{"choices":[]}""", FailureKind.Malformed, "malformed answer: no choice with a finish_reason")]
    [InlineData("<html>", FailureKind.Malformed, "malformed answer: no chat or text completion")]
    public async Task JSON_where_a_stream_was_asked_for_is_no_answer(string body, FailureKind kind, string message)
    {
        await using var server = RawServer.Answering(Support.Http.Json(body));
        using var client = new OpenAIClient(server.Address, "m");

        var failure = await Failure.Of(() => client.ChatAsync(null, new ChatRequest("Hi")));

        (failure.Kind, failure.Message).Should().Be((kind, message));
    }

    [Theory]
    [InlineData(true, "truncated answer: connection reset before its end")]
    [InlineData(false, "truncated answer: connection closed before its end")]
    public async Task A_connection_that_breaks_in_a_stream_is_named(bool reset, string message)
    {
        var marked = new TaskCompletionSource();
        await using var server = RawServer.Start(async connection =>
        {
            await connection.ReadAsync();
            await connection.SendAsync(Support.Http.ChunkedStream + Support.Http.Chunk(Content));
            await marked.Task.WaitAsync(connection.Stopping);
            if (reset)
            {
                connection.Reset();
            }
            else
            {
                connection.Close();
            }
        });
        using var client = new OpenAIClient(server.Address, "m");
        var request = Requests.New();

        var call = client.ChatAsync(request, new ChatRequest("Hi"));
        SpinWait.SpinUntil(() => request.Marks.Chunks.Count > 0, TimeSpan.FromSeconds(10)).Should().BeTrue();
        marked.SetResult();
        var failure = await Failure.Of(() => call);

        (failure.Kind, failure.Message).Should().Be((FailureKind.Truncated, message));
        request.Marks.Chunks.Should().ContainSingle("the token came before the break");
    }

    [Fact]
    public async Task A_body_that_is_no_HTTP_is_named()
    {
        await using var server = RawServer.Answering(Encoding.ASCII.GetBytes(Support.Http.ChunkedStream + "not a length\r\n"));
        using var client = new OpenAIClient(server.Address, "m");

        var failure = await Failure.Of(() => client.ChatAsync(null, new ChatRequest("Hi")));

        (failure.Kind, failure.Message).Should().Be((FailureKind.Malformed, "malformed answer: no HTTP"));
    }
}
