using FluentAssertions;
using PerfAssert.Clients.Tests.Support;
using PerfAssert.Clients.TextGenerationInference;
using Xunit;

namespace PerfAssert.Clients.Tests.TextGenerationInference;

public sealed class GenerateTests
{
    private const string Token = "data:{\"index\":1,\"token\":{\"id\":5,\"text\":\" a\\u00e4\",\"logprob\":-0.5,\"special\":false},\"generated_text\":null,\"details\":null}\n\n";
    private const string Special = "data:{\"index\":2,\"token\":{\"id\":2,\"text\":\"</s>\",\"logprob\":-0.1,\"special\":true},\"generated_text\":\" aä aä\",\"details\":{\"finish_reason\":\"eos_token\",\"generated_tokens\":3,\"seed\":1,\"input_length\":7}}\n\n";

    [Fact]
    public async Task A_text_is_continued_token_by_token()
    {
        await using var server = RawServer.Answering(Support.Http.ChunkedSse(Token + Token + Special));
        using var client = new TextGenerationInferenceClient(server.Address);
        var request = Requests.New();

        var result = await client.GenerateAsync(request, new PromptRequest("Hi") { MaxTokens = 4, KeepText = true, ExtraJson = """{ "parameters": { "top_k": 5 } }""" });

        request.Marks.Chunks.Should().HaveCount(2, "the end of the text is no content");
        (request.Marks.InputTokens, request.Marks.OutputTokens).Should().Be((7, 3));
        (result.Text, result.FinishReason, result.OutputTokens).Should().Be((" aä aä", "eos_token", 3));
        server.Requests.Single().Line.Should().Be("POST /generate_stream HTTP/1.1");
        server.Requests.Single().Text.Should().Be("""{"inputs":"Hi","parameters":{"max_new_tokens":4,"seed":1,"details":true,"top_k":5}}""");
    }

    [Fact]
    public async Task Parameters_that_are_no_object_replace_the_clients()
    {
        await using var server = RawServer.Answering(Support.Http.ChunkedSse(Token + Special));
        using var client = new TextGenerationInferenceClient(server.Address);

        await client.GenerateAsync(null, new PromptRequest("Hi") { ExtraJson = """{ "parameters": null }""" });

        server.Requests.Single().Text.Should().Be("""{"inputs":"Hi","parameters":null}""");
    }

    [Fact]
    public async Task Without_a_stream_the_headers_tell_where_the_time_went()
    {
        await using var server = RawServer.Answering(Support.Http.Json(
            """{"generated_text":" aä","details":{"finish_reason":"length","generated_tokens":2,"seed":1}}""",
            headers: "x-total-time: 31\r\nx-validation-time: 0\r\nx-queue-time: 4\r\nx-inference-time: 27\r\nx-time-per-token: 13\r\nx-prompt-tokens: 7\r\nx-generated-tokens: 2\r\nx-compute-type: cpu\r\n"));
        using var client = new TextGenerationInferenceClient(server.Address);
        var request = Requests.New();

        var result = await client.GenerateAsync(request, new PromptRequest("Hi") { OutputTokens = 2, Temperature = 0.7, Stream = false, KeepText = true });

        request.Marks.Records.Should().BeEquivalentTo(
        [
            ("server_queue", TimeSpan.FromMilliseconds(4)),
            ("server_validation", TimeSpan.Zero),
            ("server_inference", TimeSpan.FromMilliseconds(27)),
            ("server_total", TimeSpan.FromMilliseconds(31)),
        ]);
        (request.Marks.Chunks.Count, result.InputTokens, result.OutputTokens, result.Text).Should().Be((0, 7, 2, " aä"));
        server.Requests.Single().Line.Should().Be("POST /generate HTTP/1.1");
        server.Requests.Single().Text.Should().Contain("\"temperature\":0.7");
    }

    [Fact]
    public async Task A_text_that_comes_with_the_last_event_alone_is_content()
    {
        const string Held = "data:{\"token\":{\"id\":5,\"text\":\"\",\"special\":false},\"generated_text\":\"ä\",\"details\":{\"finish_reason\":\"length\",\"generated_tokens\":1}}\n\n";
        await using var server = RawServer.Answering(Support.Http.ChunkedSse(Held));
        using var client = new TextGenerationInferenceClient(server.Address);
        var request = Requests.New();

        var result = await client.GenerateAsync(request, new PromptRequest("Hi") { KeepText = true });

        (request.Marks.Chunks.Count, result.Text).Should().Be((1, "ä"));
    }

    [Theory]
    [InlineData(Token, FailureKind.Truncated, "truncated answer: no event with generated_text in the stream")]
    [InlineData(Token + "data:{\"tok", FailureKind.Truncated, "truncated answer: half an event at the end of the stream")]
    [InlineData(Token + "data:{\"error\":\"Request failed during generation: x\",\"error_type\":\"generation\"}\n\n", FailureKind.ErrorInAnswer, "error inside a successful answer: generation")]
    [InlineData("data:[]\n\n", FailureKind.Malformed, "malformed answer: no answer of Text Generation Inference")]
    [InlineData("data:{\"token\":{\"id\":2,\"text\":\"</s>\",\"special\":true},\"generated_text\":\"\",\"details\":{\"finish_reason\":\"eos_token\",\"generated_tokens\":4}}\n\n", FailureKind.ShortOutput, "short output: no content")]
    [InlineData(Token + Token + Special, FailureKind.ShortOutput, "short output: fewer tokens than asked for")]
    public async Task Anything_else_is_a_failure(string stream, FailureKind kind, string message)
    {
        await using var server = RawServer.Answering(Support.Http.ChunkedSse(stream));
        using var client = new TextGenerationInferenceClient(server.Address);

        var failure = await Failure.Of(() => client.GenerateAsync(null, new PromptRequest("Hi") { OutputTokens = 4 }));

        (failure.Kind, failure.Message).Should().Be((kind, message));
    }

    [Theory]
    [InlineData("{}", true, "malformed answer: no stream though one was asked for")]
    [InlineData("{}", false, "malformed answer: no generated_text")]
    [InlineData("""{"generated_text":"","details":{"finish_reason":"eos_token","generated_tokens":1}}""", false, "short output: no content")]
    [InlineData("""{"error":"x","error_type":"validation"}""", true, "error inside a successful answer: validation")]
    public async Task JSON_that_is_no_answer_is_a_failure(string body, bool stream, string message)
    {
        await using var server = RawServer.Answering(Support.Http.Json(body));
        using var client = new TextGenerationInferenceClient(server.Address);

        (await Failure.Of(() => client.GenerateAsync(null, new PromptRequest("Hi") { Stream = stream }))).Message.Should().Be(message);
    }
}
