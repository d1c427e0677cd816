using System.Globalization;
using System.Text.Json;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using PerfAssert;
using PerfAssert.Clients;
using PerfAssert.Clients.OpenInference;
using PerfAssert.Containers;
using PerfAssert.Containers.Http;
using PerfAssert.Containers.Triton;
using Xunit;
using Xunit.Abstractions;

namespace ModelPerfTests;

/// <summary>
/// The classic question: the same model under two servers, one CPU each. Does p99 stay below 200 ms at the rate that is asked for, and which
/// is cheaper per request when it is busy? STACKS_RPS=500 asks for more than the rate both can bear on a small machine.
/// </summary>
public sealed class TwoStacks(ITestOutputHelper output)
{
    private static readonly string Rate = Environment.GetEnvironmentVariable("STACKS_RPS") ?? "20";

    [ContainerFact(TestImages.SentimentServer, TestImages.FastApi)]
    public async Task Side_by_side()
    {
        await using var onnx = OneCpu(new TritonBuilder(TestImages.SentimentServer).WithModel("sentiment")).Build();
        await using var torch = OneCpu(new HttpBuilder(TestImages.FastApi).WithReadyPath("/health")).Build();

        await onnx.StartAsync();
        var first = await MeasureAsync("ONNX Runtime, ASP.NET Core", onnx.ColdStart, (request, text) =>
            onnx.Client.InferAsync(request, new InferRequest("sentiment", Tensor.Create("text", [text]))));
        var answer = await onnx.Client.InferAsync(null, new InferRequest("sentiment", Tensor.Create("text", ["What a wonderful, friendly place!"])));
        await onnx.StopAsync();

        await torch.StartAsync();
        var second = await MeasureAsync("PyTorch, FastAPI", torch.ColdStart, (request, text) =>
            torch.Client.PostAsync(request, "predict", new { text }));
        var other = (await torch.Client.PostAsync(null, "predict", new { text = "What a wonderful, friendly place!" })).ToJson();

        Print(first, second);
        Assert.Equal(answer["label"].Texts()[0], other.GetProperty("label").GetString());
        Assert.Equal(answer["score"].Values<float>()[0], other.GetProperty("score").GetSingle(), tolerance: 1e-4f);
    }

    private static TBuilder OneCpu<TBuilder, TContainer>(IContainerBuilder<TBuilder, TContainer, IContainerConfiguration> builder)
        where TBuilder : IContainerBuilder<TBuilder, TContainer, IContainerConfiguration>
        where TContainer : ModelServerContainer =>
        builder.WithCreateParameterModifier(parameters => parameters.HostConfig!.NanoCPUs = 1_000_000_000);

    private static async Task<Stack> MeasureAsync(string name, TimeSpan coldStart, Func<PerfRequest, string, Task> ask)
    {
        // Budgets with room: what is asked of the stacks stands in the table, and a noisy machine is not their fault.
        var steady = await PerfTest.Run(
            request => ask(request, Texts.Next(request)),
            $"{Rate} rps for 6 s",
            ["p50 < 20 s", "errors < 10 %"],
            new PerfTestOptions { Name = $"TwoStacks.{name}.steady", WarmUp = "2 s", MaxDuration = "6 s" });
        var busy = await PerfTest.Run(
            request => ask(request, Texts.Next(request)),
            "4 users for 5 s",
            ["rps > 1", "$/1k req < 1", "errors < 10 %"],
            new PerfTestOptions { Name = $"TwoStacks.{name}.busy", WarmUp = "1 s", MaxDuration = "5 s" });

        // Everything measured is in the run files; one round each here.
        using var atRate = JsonDocument.Parse(await File.ReadAllTextAsync(steady.RunFile!));
        using var atFullSpeed = JsonDocument.Parse(await File.ReadAllTextAsync(busy.RunFile!));
        var latency = atRate.RootElement.GetProperty("rounds")[0].GetProperty("latency");
        var observed = atFullSpeed.RootElement.GetProperty("verdicts").EnumerateArray().ToDictionary(
            verdict => verdict.GetProperty("metric").GetString()!,
            verdict => verdict.GetProperty("observed").GetDouble());
        return new Stack(
            name,
            coldStart,
            latency.GetProperty("p50Ms").GetDouble(),
            latency.GetProperty("p99Ms").GetDouble(),
            steady.Judge("p99 < 200 ms").Passed,
            observed["rps"],
            observed["$/1k req"]);
    }

    private void Print(Stack first, Stack second)
    {
        output.WriteLine($"{"one CPU each",-28} {"at " + Rate + " rps: p50",18} {"p99",10} {"p99 < 200 ms",14} {"4 users: rps",14} {"$/1k req",10} {"cold start",12}");
        foreach (var stack in (Stack[])[first, second])
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{stack.Name,-28} {stack.P50,15:0.0} ms {stack.P99,7:0.0} ms {(stack.MeetsTarget ? "met" : "broken"),14} {stack.Rps,14:0.0} {stack.Price,10:0.00000} {stack.ColdStart.TotalSeconds,10:0.0} s"));
        }

        var (cheap, dear) = first.Price <= second.Price ? (first, second) : (second, first);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Cheaper per request: {cheap.Name}, {dear.Price / cheap.Price:0.0} times."));
    }

    private sealed record Stack(string Name, TimeSpan ColdStart, double P50, double P99, bool MeetsTarget, double Rps, double Price);
}
