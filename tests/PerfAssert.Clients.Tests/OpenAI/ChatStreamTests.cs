using System.Text;
using FluentAssertions;
using PerfAssert.Clients.OpenAI;
using PerfAssert.Clients.Tests.Support;
using Xunit;

namespace PerfAssert.Clients.Tests.OpenAI;

public sealed class ChatStreamTests
{
    private static readonly ChatRequest Chat = new("Hi") { OutputTokens = 5, KeepText = true };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Tokens_are_marked_on_content_alone_and_counted_by_the_server(bool keepText)
    {
        await using var server = RawServer.Answering(Support.Http.ChunkedSse(Recorded.LlamaCpp));
        using var client = new OpenAIClient(server.Address, "tiny");
        var request = Requests.New();

        var result = await client.ChatAsync(request, Chat with { KeepText = keepText });

        request.Marks.Chunks.Select(chunk => chunk.Tokens).Should().Equal(1, 1, 1, 1);
        (request.Marks.InputTokens, request.Marks.OutputTokens).Should().Be((23, 5));
        (result.Chunks, result.InputTokens, result.OutputTokens, result.CachedTokens, result.FinishReason).Should().Be((4, 23, 5, 3, "length"));
        result.Text.Should().Be(keepText ? "Hello wörld \"quoted\" more ä\n" : null);
    }

    [Fact]
    public async Task The_servers_own_timings_are_recorded_by_name()
    {
        await using var server = RawServer.Answering(request => Support.Http.Sse(request.Text.Contains("vllm", StringComparison.Ordinal) ? Recorded.Vllm : Recorded.LlamaCpp));
        using var llama = new OpenAIClient(server.Address, "tiny");
        using var vllm = new OpenAIClient(server.Address, "vllm");
        var (first, second) = (Requests.New(), Requests.New());

        await llama.ChatAsync(first, Chat);
        await vllm.ChatAsync(second, new ChatRequest("Hi"));

        first.Marks.Records.Should().BeEquivalentTo([("server_prompt", TimeSpan.FromMilliseconds(5.5)), ("server_decode", TimeSpan.FromMilliseconds(1.25))]);
        second.Marks.Records.Should().BeEquivalentTo(
        [
            ("server_queue", TimeSpan.FromMilliseconds(2)),
            ("server_prompt", TimeSpan.FromMilliseconds(12.5)),
            ("server_decode", TimeSpan.FromMilliseconds(30)),
        ]);
    }

    [Fact]
    public async Task Reasoning_is_output_but_not_text()
    {
        await using var server = RawServer.Answering(Support.Http.Sse(Recorded.Vllm));
        using var client = new OpenAIClient(server.Address, "m");
        var request = Requests.New();

        var result = await client.ChatAsync(request, new ChatRequest("Hi") { KeepText = true });

        request.Marks.Chunks.Should().HaveCount(3);
        result.Text.Should().Be("Yes.");
    }

    [Fact]
    public async Task Reasoning_that_comes_under_two_names_is_one_token()
    {
        await using var server = RawServer.Answering(Support.Http.Sse(Recorded.ReasoningTwice));
        using var client = new OpenAIClient(server.Address, "m");
        var request = Requests.New();

        await client.ChatAsync(request, new ChatRequest("Hi") { OutputTokens = 4 });

        request.Marks.Chunks.Select(chunk => chunk.Tokens).Should().Equal(1, 1, 1, 1);
    }

    [Fact]
    public async Task A_tool_call_is_output()
    {
        await using var server = RawServer.Answering(Support.Http.Sse(Recorded.ToolCall));
        using var client = new OpenAIClient(server.Address, "m");
        var request = Requests.New();

        var result = await client.ChatAsync(request, new ChatRequest("Hi"));

        request.Marks.Chunks.Should().HaveCount(2);
        (result.FinishReason, result.OutputTokens).Should().Be(("tool_calls", null));
    }

    [Theory]
    [InlineData("""{"content":null,"reasoning":"Hm"}""")]
    [InlineData("""{"content":null,"refusal":"No."}""")]
    [InlineData("""{"content":null,"function_call":{"name":"f","arguments":"{}"}}""")]
    [InlineData("""{"content":null,"audio":{"data":"AA=="}}""")]
    [InlineData("""{"content":[{"type":"text","text":"Hi"}]}""")]
    public async Task Output_of_another_kind_is_content(string message)
    {
        var usage = "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}";
        await using var server = RawServer.Answering(asked => asked.Json.GetProperty("stream").GetBoolean()
            ? Support.Http.Sse($"data: {{\"choices\":[{{\"delta\":{message},\"finish_reason\":\"stop\"}}],{usage}}}\n\ndata: [DONE]\n\n")
            : Support.Http.Json($"{{\"choices\":[{{\"message\":{message},\"finish_reason\":\"stop\"}}],{usage}}}"));
        using var client = new OpenAIClient(server.Address, "m");
        var request = Requests.New();

        await client.ChatAsync(request, new ChatRequest("Hi"));
        await client.ChatAsync(null, new ChatRequest("Hi") { Stream = false });

        request.Marks.Chunks.Should().ContainSingle();
    }

    [Theory]
    [InlineData("""{"content":null,"function_call":null,"audio":null}""")]
    [InlineData("""{"content":[],"function_call":{},"tool_calls":[]}""")]
    public async Task Empty_output_of_any_kind_is_no_content(string message)
    {
        await using var server = RawServer.Answering(Support.Http.Sse(
            $"data: {{\"choices\":[{{\"delta\":{message},\"finish_reason\":\"stop\"}}],\"usage\":{{\"completion_tokens\":1}}}}\n\ndata: [DONE]\n\n"));
        using var client = new OpenAIClient(server.Address, "m");

        (await Failure.Of(() => client.ChatAsync(null, new ChatRequest("Hi")))).Message.Should().Be("short output: no content");
    }

    [Fact]
    public async Task A_text_is_continued_chunk_by_chunk()
    {
        await using var server = RawServer.Answering(Support.Http.Sse(Recorded.Completion));
        using var client = new OpenAIClient(new Uri(server.Address, "/v1"), "m");
        var request = Requests.New();

        var result = await client.CompleteAsync(request, new PromptRequest("Say") { MaxTokens = 2, KeepText = true });

        (request.Marks.Chunks.Count, request.Marks.OutputTokens, result.Text).Should().Be((2, 2, " once upon"));
        server.Requests.Single().Line.Should().Be("POST /v1/completions HTTP/1.1");
        server.Requests.Single().Json.GetProperty("prompt").GetString().Should().Be("Say");
    }

    [Fact]
    public async Task The_body_pins_what_makes_runs_comparable()
    {
        await using var server = RawServer.Answering(Support.Http.Sse(Recorded.LlamaCpp));
        using var client = new OpenAIClient(server.Address, "tiny");

        await client.ChatAsync(null, Chat with { ExtraJson = """{ "cache_prompt": false, "seed": 7, "stream_options": { "continuous_usage_stats": true } }""" });

        var request = server.Requests.Single();
        request.Line.Should().Be("POST /v1/chat/completions HTTP/1.1");
        request.Header("Accept").Should().Be("text/event-stream");
        request.Text.Should().Be(
            """{"model":"tiny","messages":[{"role":"user","content":"Hi"}],"max_tokens":5,"min_tokens":5,"ignore_eos":true,"temperature":0,"stream":true,"stream_options":{"include_usage":true,"continuous_usage_stats":true},"cache_prompt":false,"seed":7}""");
    }

    [Theory]
    [InlineData("null")]
    [InlineData("false")]
    [InlineData("[1]")]
    public async Task What_the_caller_has_in_place_of_an_object_replaces_it(string own)
    {
        await using var server = RawServer.Answering(Support.Http.Sse(Recorded.LlamaCpp));
        using var client = new OpenAIClient(server.Address, "tiny");

        await client.ChatAsync(null, Chat with { ExtraJson = $$"""{ "stream_options": {{own}} }""" });

        server.Requests.Single().Text.Should().EndWith($$""","stream":true,"stream_options":{{own}}}""").And.NotContain("include_usage");
    }

    [Theory]
    [InlineData("/openai/v1?api-version=preview")]
    [InlineData("/openai/?api-version=preview")]
    public async Task The_query_of_the_address_goes_along_with_and_without_its_version(string address)
    {
        await using var server = RawServer.Answering(Support.Http.Sse(Recorded.LlamaCpp));
        using var client = new OpenAIClient(new Uri(server.Address, address), "tiny");

        await client.ChatAsync(null, Chat);

        server.Requests.Single().Line.Should().Be("POST /openai/v1/chat/completions?api-version=preview HTTP/1.1");
    }

    [Fact]
    public async Task An_answer_without_a_stream_marks_nothing_and_counts_tokens()
    {
        await using var server = RawServer.Answering(Support.Http.Json(
            """{"id":"c","object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}],"usage":{"prompt_tokens":4,"completion_tokens":1}}"""));
        using var client = new OpenAIClient(server.Address, "m");
        var request = Requests.New();

        var result = await client.ChatAsync(request, new ChatRequest("Hi") { Stream = false, KeepText = true });

        (request.Marks.Chunks.Count, request.Marks.InputTokens, request.Marks.OutputTokens).Should().Be((0, 4, 1));
        (result.Chunks, result.Text, result.FinishReason).Should().Be((0, "Hello", "stop"));
        server.Requests.Single().Json.TryGetProperty("stream_options", out _).Should().BeFalse();
    }

    /// <summary>Over real sockets: the stream cut in two TCP segments at every byte, one split a request.</summary>
    [Fact]
    public async Task Every_split_into_two_segments_gives_the_same_marks()
    {
        var answer = Support.Http.ChunkedSse(Recorded.LlamaCpp);
        var body = Encoding.ASCII.GetByteCount(Support.Http.ChunkedStream);
        var at = body;
        await using var server = RawServer.Start(async connection =>
        {
            while (await connection.ReadAsync() is not null)
            {
                await connection.SendSplitAsync(answer, at);
            }
        });
        using var client = new OpenAIClient(server.Address, "tiny");
        var request = Requests.New();
        for (; at < answer.Length; at++)
        {
            request.Marks.Clear();

            var result = await client.ChatAsync(request, Chat with { KeepText = at % 2 == 0 });

            (request.Marks.Chunks.Count, request.Marks.OutputTokens, result.CachedTokens).Should().Be((4, 5, 3), $"split at byte {at - body}");
        }

        server.Connections.Should().Be(1, "a stream read to its end leaves a connection that is used again");
    }
}
