using System.Diagnostics;
using System.Reflection;
using PerfAssert;
using PerfAssert.Clients;
using PerfAssert.Clients.OpenInference;
using PerfAssert.Containers;
using PerfAssert.Containers.Triton;
using Xunit;

namespace ModelPerfTests;

/// <summary>Triton with all-MiniLM-L6-v2 on a GPU. Where there is none, its tests are skipped and say so.</summary>
public sealed class TritonServer : IAsyncLifetime
{
    private readonly DirectoryInfo repository = Directory.CreateTempSubdirectory("triton-models-");
    private TritonContainer? container;

    internal OpenInferenceGrpcClient Client => container!.GrpcClient;

    public async Task InitializeAsync()
    {
        await Requirements.DockerAsync();
        var model = repository.CreateSubdirectory("minilm");
        await ExportAsync(model.CreateSubdirectory("1"));
        await File.WriteAllTextAsync(
            Path.Combine(model.FullName, "config.pbtxt"),
            """
            backend: "onnxruntime"
            max_batch_size: 0
            instance_group [{ kind: KIND_GPU }]
            """);
        container = new TritonBuilder("nvcr.io/nvidia/tritonserver:26.07-py3")
            .WithModelRepository(repository.FullName)
            .WithModel("minilm")
            .WithGpus()
            .Build();
        await container.StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (container is not null)
        {
            await container.DisposeAsync();
        }

        repository.Delete(recursive: true);
    }

    /// <summary>Writes model.onnx. With a model of your own the repository is a folder you have.</summary>
    private static async Task ExportAsync(DirectoryInfo folder)
    {
        var server = typeof(TritonServer).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(data => data.Key == "SentimentServer").Value!;
        using var export = Process.Start("dotnet", [server, "--export-model", folder.FullName]);
        await export.WaitForExitAsync();
        if (export.ExitCode != 0)
        {
            throw new InvalidOperationException("The model could not be exported: see what the server wrote.");
        }
    }
}

/// <summary>Budgets for a GPU: 500 sentences a second, and what a thousand of them cost.</summary>
public sealed class TritonOnGpu(TritonServer triton) : IClassFixture<TritonServer>
{
    private const int Tokens = 32;

    [PerfFact]
    [Load("500 rps for 20 s", WarmUp = "5 s", Arrivals = Arrivals.Poisson)]
    [Budget("p99 < 200 ms", "errors < 0.1 %", "goodput > 450", "$/1k req < 0.002")]
    public Task Embed(PerfRequest request)
    {
        // Ids of whole words: a server that is asked for the same over and over would answer from a cache.
        var ids = new long[Tokens];
        for (var i = 0; i < Tokens; i++)
        {
            ids[i] = request.Random.Next(2000, 29000);
        }

        return triton.Client.InferAsync(request, new InferRequest(
            "minilm",
            Tensor.Create("input_ids", ids, 1, Tokens),
            Tensor.Create("attention_mask", Enumerable.Repeat(1L, Tokens).ToArray(), 1, Tokens),
            Tensor.Create("token_type_ids", new long[Tokens], 1, Tokens))
        { Outputs = ["last_hidden_state"] });
    }
}
