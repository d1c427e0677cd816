using FluentAssertions;
using PerfAssert.Clients.Ollama;
using PerfAssert.Clients.OpenAI;
using PerfAssert.Clients.Tests.OpenAI;
using PerfAssert.Clients.Tests.Support;
using PerfAssert.Clients.TextGenerationInference;
using Xunit;

namespace PerfAssert.Clients.Tests.Faults;

/// <summary>
/// A proxy between the client and a server of recorded answers breaks them in every way: each fault is one failed request under its own name,
/// and no request beside it suffers.
/// </summary>
public sealed class RecordedServerFaultTests
{
    private const string TgiToken = "data:{\"index\":1,\"token\":{\"id\":5,\"text\":\" aä\",\"logprob\":-0.5,\"special\":false},\"generated_text\":null,\"details\":null}\n\n";
    private const string TgiLast = "data:{\"index\":2,\"token\":{\"id\":2,\"text\":\" b\",\"special\":false},\"generated_text\":\" aä b\",\"details\":{\"finish_reason\":\"length\",\"generated_tokens\":2,\"input_length\":7}}\n\n";
    private const string OllamaContent = """{"model":"m","message":{"role":"assistant","content":" ä€"},"done":false}""" + "\n";
    private const string OllamaLast = """{"model":"m","message":{"role":"assistant","content":""},"done":true,"done_reason":"length","total_duration":9500000,"prompt_eval_count":12,"eval_count":2}""" + "\n";

    [Fact]
    public Task Chat() => BreaksAsync(
        Support.Http.ChunkedSse(Recorded.LlamaCpp),
        tokens: 5,
        address =>
        {
            var client = new OpenAIClient(address, "m");
            return (client, request => client.ChatAsync(request, new ChatRequest("Hi") { OutputTokens = 5 }));
        },
        [.. StreamFaults.OfConnections, .. StreamFaults.OfOpenAI, .. StreamFaults.Harmless]);

    [Fact]
    public Task Completions() => BreaksAsync(
        Support.Http.ChunkedSse(Recorded.Completion),
        tokens: 2,
        address =>
        {
            var client = new OpenAIClient(address, "m");
            return (client, request => client.CompleteAsync(request, new PromptRequest("Say") { OutputTokens = 2 }));
        },
        [.. StreamFaults.OfConnections, .. StreamFaults.OfOpenAI, .. StreamFaults.Harmless]);

    [Fact]
    public Task Text_Generation_Inference() => BreaksAsync(
        Support.Http.ChunkedSse(TgiToken + TgiLast),
        tokens: 2,
        address =>
        {
            var client = new TextGenerationInferenceClient(address);
            return (client, request => client.GenerateAsync(request, new PromptRequest("Hi") { OutputTokens = 2 }));
        },
        [
            .. StreamFaults.OfConnections,
            (Faults.Body(text => text[..^20]), "truncated answer: half an event at the end of the stream"),
            (Faults.Body(text => text.Replace(TgiLast, "", StringComparison.Ordinal)), "truncated answer: no event with generated_text in the stream"),
            (StreamFaults.AfterTheFirstEvent("data:{\"error\":\"out of memory\",\"error_type\":\"generation\"}\n\n"), "error inside a successful answer: generation"),
            (Faults.Body(text => text.Replace("\"generated_tokens\":2", "\"generated_tokens\":1", StringComparison.Ordinal)), "short output: fewer tokens than asked for"),
            (Faults.GarbageInTheBody, "malformed answer: no answer of Text Generation Inference"),
            .. StreamFaults.Harmless,
        ]);

    [Fact]
    public Task Ollama() => BreaksAsync(
        Support.Http.Ndjson(OllamaContent + OllamaContent + OllamaLast),
        tokens: 2,
        address =>
        {
            var client = new OllamaClient(address, "m");
            return (client, request => client.ChatAsync(request, new ChatRequest("Hi") { OutputTokens = 2 }));
        },
        [
            .. StreamFaults.OfConnections,
            (Faults.Body(text => text[..^20]), "truncated answer: half a line at the end of the stream"),
            (Faults.Body(text => text.Replace(OllamaLast, "", StringComparison.Ordinal)), "truncated answer: no last object with done in the stream"),
            (StreamFaults.AfterTheFirstEvent("{\"error\":\"model runner has stopped\"}\n", end: "\n"), "error inside a successful answer"),
            (Faults.Body(text => text.Replace("\"eval_count\":2", "\"eval_count\":1", StringComparison.Ordinal)), "short output: fewer tokens than asked for"),
            (Faults.GarbageInTheBody, "malformed answer: no answer of Ollama"),
            (Faults.Body(text => text.Replace("\n", "\r\n\r\n", StringComparison.Ordinal)), null),
            (Faults.Body(text => text.TrimEnd()), null),
        ]);

    private static async Task BreaksAsync(
        byte[] answer, int tokens, Func<Uri, (IDisposable Client, Func<PerfRequest, Task> Send)> connect, IReadOnlyList<(Fault Fault, string? Message)> cases)
    {
        await using var server = RawServer.Answering(answer);

        var run = await FaultProxy.RunAsync(server.Address, connect, cases);

        var round = run.File.GetProperty("rounds")[0];
        round.GetProperty("outputTokens").GetInt64().Should().Be(tokens * round.GetProperty("succeeded").GetInt64());
    }
}
