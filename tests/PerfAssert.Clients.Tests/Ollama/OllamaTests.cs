using System.Text;
using FluentAssertions;
using PerfAssert.Clients.Ollama;
using PerfAssert.Clients.Tests.Support;
using Xunit;

namespace PerfAssert.Clients.Tests.Ollama;

public sealed class OllamaTests
{
    private const string First = """{"model":"m","created_at":"2026-01-01T00:00:00.1Z","message":{"role":"assistant","content":""},"done":false}""" + "\n";
    private const string Thinking = """{"model":"m","created_at":"2026-01-01T00:00:00.2Z","message":{"role":"assistant","content":"","thinking":"Hm"},"done":false}""" + "\n";
    private const string Content = """{"model":"m","created_at":"2026-01-01T00:00:00.3Z","message":{"role":"assistant","content":"ä\n"},"done":false}""" + "\n";
    private const string Last = """{"model":"m","created_at":"2026-01-01T00:00:00.4Z","message":{"role":"assistant","content":""},"done":true,"done_reason":"length","total_duration":9500000,"load_duration":1500000,"prompt_eval_count":12,"prompt_eval_duration":2000000,"eval_count":3}""" + "\n";

    private const string Generated =
        """
        {"model":"m","response":"one","done":false}
        {"model":"m","response":" two","done":false}
        {"model":"m","response":"","done":true,"done_reason":"stop","total_duration":1000000,"prompt_eval_count":1,"eval_count":2,"eval_duration":500000}

        """;

    [Fact]
    public async Task A_conversation_is_continued_line_by_line()
    {
        await using var server = RawServer.Answering(Support.Http.Ndjson(First + Thinking + Content + Content + Last));
        using var client = new OllamaClient(server.Address, "m");
        var request = Requests.New();

        var result = await client.ChatAsync(request, new ChatRequest("Hi") { OutputTokens = 3, KeepText = true, ExtraJson = """{ "keep_alive": -1, "options": { "num_ctx": 512, "seed": 9 } }""" });

        request.Marks.Chunks.Select(chunk => chunk.Tokens).Should().Equal(1, 1, 1);
        (request.Marks.InputTokens, request.Marks.OutputTokens).Should().Be((12, 3));
        (result.Chunks, result.Text, result.FinishReason).Should().Be((3, "ä\nä\n", "length"));
        server.Requests.Single().Line.Should().Be("POST /api/chat HTTP/1.1");
        server.Requests.Single().Text.Should().Be(
            """{"model":"m","messages":[{"role":"user","content":"Hi"}],"stream":true,"options":{"num_predict":3,"temperature":0,"num_ctx":512,"seed":9},"keep_alive":-1}""");
    }

    [Fact]
    public async Task Durations_are_recorded_and_one_that_is_left_out_is_zero()
    {
        await using var server = RawServer.Answering(Support.Http.Ndjson(Content + Last));
        using var client = new OllamaClient(server.Address, "m");
        var request = Requests.New();

        await client.ChatAsync(request, new ChatRequest("Hi"));

        request.Marks.Records.Should().BeEquivalentTo(
        [
            ("server_load", TimeSpan.FromMilliseconds(1.5)),
            ("server_prompt", TimeSpan.FromMilliseconds(2)),
            ("server_decode", TimeSpan.Zero),
            ("server_total", TimeSpan.FromMilliseconds(9.5)),
        ]);
    }

    [Fact]
    public async Task A_server_that_tells_no_durations_has_none()
    {
        await using var server = RawServer.Answering(Support.Http.Ndjson(Content + """{"model":"m","message":{"role":"assistant","content":""},"done":true,"eval_count":3}""" + "\n"));
        using var client = new OllamaClient(server.Address, "m");
        var request = Requests.New();

        await client.ChatAsync(request, new ChatRequest("Hi"));

        request.Marks.Records.Should().BeEmpty();
    }

    [Fact]
    public async Task What_a_proxy_says_of_a_duration_gives_way_to_what_the_server_says()
    {
        await using var server = RawServer.Answering(Support.Http.Json(Last.Replace("\"content\":\"\"", "\"content\":\"Hm\"", StringComparison.Ordinal), headers: "Server-Timing: total;dur=80, queue;dur=2\r\n"));
        using var client = new OllamaClient(server.Address, "m");
        var request = Requests.New();

        await client.ChatAsync(request, new ChatRequest("Hi") { Stream = false });

        request.Marks.Records.Where(record => record.Name is "server_total" or "server_queue").Should().BeEquivalentTo(
            [("server_total", TimeSpan.FromMilliseconds(9.5)), ("server_queue", TimeSpan.FromMilliseconds(2))]);
    }

    [Fact]
    public async Task A_text_is_continued()
    {
        await using var server = RawServer.Answering(Support.Http.Ndjson(Generated));
        using var client = new OllamaClient(server.Address, "m");
        var request = Requests.New();

        var result = await client.GenerateAsync(request, new PromptRequest("Count") { MaxTokens = 8, KeepText = true });

        (request.Marks.Chunks.Count, result.Text, result.OutputTokens, result.FinishReason).Should().Be((2, "one two", 2, "stop"));
        server.Requests.Single().Text.Should().Be("""{"model":"m","prompt":"Count","stream":true,"options":{"num_predict":8,"temperature":0,"seed":1}}""");
    }

    [Fact]
    public async Task Options_that_are_no_object_replace_the_clients()
    {
        await using var server = RawServer.Answering(Support.Http.Ndjson(Generated));
        using var client = new OllamaClient(server.Address, "m");

        await client.GenerateAsync(null, new PromptRequest("Count") { ExtraJson = """{ "options": null }""" });

        server.Requests.Single().Text.Should().Be("""{"model":"m","prompt":"Count","stream":true,"options":null}""");
    }

    [Fact]
    public async Task A_count_once_told_stays_known()
    {
        await using var server = RawServer.Answering(Support.Http.Ndjson(
            """
            {"response":"one","done":false,"prompt_eval_count":1,"eval_count":2}
            {"response":"","done":true,"done_reason":"stop","prompt_eval_count":null,"eval_count":null}

            """));
        using var client = new OllamaClient(server.Address, "m");

        var result = await client.GenerateAsync(null, new PromptRequest("Count"));

        (result.InputTokens, result.OutputTokens).Should().Be((1, 2));
    }

    [Fact]
    public async Task An_answer_without_a_stream_is_one_object()
    {
        await using var server = RawServer.Answering(Support.Http.Json("""{"response":"one two","done":true,"done_reason":"stop","eval_count":2,"prompt_eval_count":1}"""));
        using var client = new OllamaClient(server.Address, "m");
        var request = Requests.New();

        var result = await client.GenerateAsync(request, new PromptRequest("Count") { Stream = false, KeepText = true });

        (request.Marks.Chunks.Count, request.Marks.OutputTokens, result.Text).Should().Be((0, 2, "one two"));
    }

    [Theory]
    [InlineData(Content, FailureKind.Truncated, "truncated answer: no last object with done in the stream")]
    [InlineData("", FailureKind.Truncated, "truncated answer: no last object with done in the stream")]
    [InlineData(Content + "{\"model\":\"m\",\"mess", FailureKind.Truncated, "truncated answer: half a line at the end of the stream")]
    [InlineData(Content + "{\"error\":\"model runner has stopped\"}\n", FailureKind.ErrorInAnswer, "error inside a successful answer")]
    [InlineData(Content + "oops\n" + Last, FailureKind.Malformed, "malformed answer: no answer of Ollama")]
    [InlineData("{\"done\":true}\n", FailureKind.ShortOutput, "short output: no content")]
    [InlineData(First + "{\"message\":{\"content\":\"\"},\"done\":true,\"eval_count\":4}\n", FailureKind.ShortOutput, "short output: no content")]
    [InlineData("{\"response\":\"\",\"done\":true,\"eval_count\":4}\n", FailureKind.ShortOutput, "short output: no content")]
    [InlineData(Content + Last, FailureKind.ShortOutput, "short output: fewer tokens than asked for")]
    public async Task Anything_else_is_a_failure(string stream, FailureKind kind, string message)
    {
        await using var server = RawServer.Answering(Support.Http.Ndjson(stream));
        using var client = new OllamaClient(server.Address, "m");

        var failure = await Failure.Of(() => client.ChatAsync(null, new ChatRequest("Hi") { OutputTokens = 4 }));

        (failure.Kind, failure.Message).Should().Be((kind, message));
    }

    [Fact]
    public async Task Every_split_into_two_segments_gives_the_same_marks()
    {
        var stream = First + Content + Content + Last.TrimEnd();
        var answer = Support.Http.Ndjson(stream);
        var at = answer.Length - Encoding.UTF8.GetByteCount(stream);
        await using var server = RawServer.Start(async connection =>
        {
            while (await connection.ReadAsync() is not null)
            {
                await connection.SendSplitAsync(answer, at);
            }
        });
        using var client = new OllamaClient(server.Address, "m");
        var request = Requests.New();
        for (; at < answer.Length; at++)
        {
            request.Marks.Clear();

            await client.ChatAsync(request, new ChatRequest("Hi"));

            (request.Marks.Chunks.Count, request.Marks.OutputTokens).Should().Be((2, 3), $"split at byte {at}");
        }
    }
}
