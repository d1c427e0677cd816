using PerfAssert;
using PerfAssert.Clients;
using PerfAssert.Clients.OpenAI;
using PerfAssert.Containers.LlamaCpp;
using TinyGguf;
using Xunit;

namespace ModelPerfTests;

/// <summary>llama.cpp's server in a container, with a model of random weights: real streams of nonsense.</summary>
public sealed class LlamaServer : IAsyncLifetime
{
    private readonly DirectoryInfo models = Directory.CreateTempSubdirectory("gguf-");
    private LlamaCppContainer? container;

    internal OpenAIClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await TestImages.RequireAsync(TestImages.LlamaServer);
        var model = Path.Combine(models.FullName, "tiny.gguf");
        TinyModel.Write(model);
        container = new LlamaCppBuilder(TestImages.LlamaServer)
            .WithModel(model)
            .WithCommand("--threads", "1", "--ctx-size", "4096", "--parallel", "4", "--no-ui")
            .Build();
        await container.StartAsync();

        // This server closes kept connections after streams now and then: the next request on one would fail.
        Client = container.CreateClient(new ClientOptions { ReuseConnections = false });
    }

    public async Task DisposeAsync()
    {
        Client?.Dispose();
        if (container is not null)
        {
            await container.DisposeAsync();
        }

        models.Delete(recursive: true);
    }
}

/// <summary>Budgets on streams of tokens: the first one, the pace after it, the longest pause, the throughput.</summary>
public sealed class StreamingEndpoint(LlamaServer server) : IClassFixture<LlamaServer>
{
    [PerfFact]
    [Load("2 users for 8 s", WarmUp = "1 s")]
    [Budget("ttft.p95 < 2 s", "tpot.p50 < 100 ms", "itl.p99 < 1 s", "output tokens/s > 20", "errors <= 0 %")]
    public Task Chat(PerfRequest request) =>
        server.Client.ChatAsync(request, new ChatRequest(Texts.Next(request))
        {
            OutputTokens = 48, // answers of different lengths are different work
            ExtraJson = """{ "cache_prompt": false }""",
        });
}
