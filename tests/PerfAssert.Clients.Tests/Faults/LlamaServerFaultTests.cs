using FluentAssertions;
using PerfAssert.Clients.OpenAI;
using TinyGguf;
using TinyGguf.Tests;

namespace PerfAssert.Clients.Tests.Faults;

/// <summary>A proxy between the client and llama.cpp's own server, whose streams it breaks in every way.</summary>
public sealed class LlamaServerFaultTests
{
    private const int Tokens = 8;

    [LlamaServerFact]
    public Task Chat() => BreaksAsync((client, request) =>
        client.ChatAsync(request, new ChatRequest("the people made a long time") { OutputTokens = Tokens, ExtraJson = """{ "cache_prompt": false }""" }));

    [LlamaServerFact]
    public Task Completions() => BreaksAsync((client, request) =>
        client.CompleteAsync(request, new PromptRequest("the people made a long time") { OutputTokens = Tokens, ExtraJson = """{ "cache_prompt": false }""" }));

    private static async Task BreaksAsync(Func<OpenAIClient, PerfRequest, Task> send)
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            TinyModel.Write(Path.Combine(folder.FullName, "tiny.gguf"));
            await using var server = LlamaServer.Start(folder.FullName);
            await server.WaitUntilReadyAsync();

            var run = await FaultProxy.RunAsync(
                server.Client.BaseAddress!,
                address =>
                {
                    var client = new OpenAIClient(address, "tiny");
                    return (client, request => send(client, request));
                },
                [.. StreamFaults.OfConnections, .. StreamFaults.OfOpenAI, .. StreamFaults.Harmless]);

            var round = run.File.GetProperty("rounds")[0];
            round.GetProperty("outputTokens").GetInt64().Should().Be(Tokens * round.GetProperty("succeeded").GetInt64());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
