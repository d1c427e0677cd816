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
/// The classic question: the same model under two servers, one CPU each, 500 requests a second asked of both, or what the slower one can bear.
/// Does p99 stay below 200 ms, and which is cheaper per request? STACKS_RPS=100 asks for another rate.
/// </summary>
public sealed class TwoStacks(ITestOutputHelper output)
{
    // At its full speed a server's queue has no end: this share of it leaves room for a noisy machine.
    private const double Bearable = 0.6;

    private static readonly double Asked =
        double.Parse(Environment.GetEnvironmentVariable("STACKS_RPS") ?? "500", CultureInfo.InvariantCulture);

    private static readonly string[] Probes =
    [
        "What a wonderful, friendly place!", "A terrible waste of money.", "I love it.", "I hate it.", "The naïve café owner was très élégant.",
        "El niño está enfermo y muy triste.", "GREAT VALUE, would buy again!!!", "so-so", "日本語 is hard", "😀 happy 😀", "", "unbelievably disappointing",
    ];

    [ContainerFact(TestImages.SentimentServer, TestImages.FastApi)]
    public async Task Side_by_side()
    {
        await using var onnx = OneCpu(new TritonBuilder(TestImages.SentimentServer).WithModel("sentiment")).Build();
        await using var torch = OneCpu(new HttpBuilder(TestImages.FastApi).WithReadyPath("/health")).Build();
        await onnx.StartAsync();
        await torch.StartAsync();
        Stack[] stacks =
        [
            new("ONNX Runtime, ASP.NET Core", onnx.ColdStart, async (request, text) =>
            {
                var answer = await onnx.Client.InferAsync(request, new InferRequest("sentiment", Tensor.Create("text", [text])));
                return (answer["label"].Texts()[0], answer["score"].Values<float>()[0]);
            }),
            new("PyTorch, FastAPI", torch.ColdStart, async (request, text) =>
            {
                var answer = (await torch.Client.PostAsync(request, "predict", new { text })).ToJson();
                return (answer.GetProperty("label").GetString()!, answer.GetProperty("score").GetSingle());
            }),
        ];

        // Only servers that give the same answers are worth comparing.
        foreach (var probe in Probes)
        {
            var (first, second) = (await stacks[0].Ask(null, probe), await stacks[1].Ask(null, probe));
            Assert.Equal(first.Label, second.Label);
            Assert.Equal(first.Score, second.Score, tolerance: 1e-4f);
        }

        var busy = await InTurnAsync(stacks, AtFullSpeedAsync);
        var rate = Math.Min(Asked, Math.Max(1, Math.Floor(Bearable * busy.Min(stack => stack.Rps))));
        var steady = await InTurnAsync(stacks, stack => AtRateAsync(stack, rate));

        Print(stacks, busy, steady, rate);
    }

    private static TBuilder OneCpu<TBuilder, TContainer>(IContainerBuilder<TBuilder, TContainer, IContainerConfiguration> builder)
        where TBuilder : IContainerBuilder<TBuilder, TContainer, IContainerConfiguration>
        where TContainer : ModelServerContainer =>
        builder.WithCreateParameterModifier(parameters => parameters.HostConfig!.NanoCPUs = 1_000_000_000);

    private static async Task<T[]> InTurnAsync<T>(Stack[] stacks, Func<Stack, Task<T>> measure) =>
        [await measure(stacks[0]), await measure(stacks[1])];

    private static async Task<(double Rps, double Price)> AtFullSpeedAsync(Stack stack)
    {
        // Budgets with room: what is asked of the stacks stands in the table, and a noisy machine is not their fault.
        var run = await PerfTest.Run(
            request => stack.Ask(request, Texts.Next(request)),
            "4 users for 5 s",
            ["rps > 1", "$/1k req < 1", "errors < 10 %"],
            new PerfTestOptions { Name = $"TwoStacks.{stack.Name}.busy", WarmUp = "2 s", MaxDuration = "5 s" });
        using var file = JsonDocument.Parse(await File.ReadAllTextAsync(run.RunFile!));
        var observed = file.RootElement.GetProperty("verdicts").EnumerateArray().ToDictionary(
            verdict => verdict.GetProperty("metric").GetString()!,
            verdict => verdict.GetProperty("observed").GetDouble());
        return (observed["rps"], observed["$/1k req"]);
    }

    private static async Task<(double P50, double P99, bool IsFast)> AtRateAsync(Stack stack, double rate)
    {
        var run = await PerfTest.Run(
            request => stack.Ask(request, Texts.Next(request)),
            string.Create(CultureInfo.InvariantCulture, $"{rate} rps for 6 s"),
            ["p50 < 20 s", "errors < 10 %"],
            new PerfTestOptions { Name = $"TwoStacks.{stack.Name}.steady", WarmUp = "2 s", MaxDuration = "6 s" });
        using var file = JsonDocument.Parse(await File.ReadAllTextAsync(run.RunFile!));
        var latency = file.RootElement.GetProperty("rounds")[0].GetProperty("latency");
        return (latency.GetProperty("p50Ms").GetDouble(), latency.GetProperty("p99Ms").GetDouble(), run.Judge("p99 < 200 ms").Passed);
    }

    private void Print(Stack[] stacks, (double Rps, double Price)[] busy, (double P50, double P99, bool IsFast)[] steady, double rate)
    {
        if (rate < Asked)
        {
            Line($"{Asked:0} rps asked. The slower one does {busy.Min(stack => stack.Rps):0} at full speed: both get {rate:0} rps, {100 * Bearable:0} % of it.");
        }

        Line($"{"one CPU each",-28} {$"at {rate:0} rps: p50",18} {"p99",10} {"p99 < 200 ms",14} {"4 users: rps",14} {"$/1k req",10} {"cold start",12}");
        for (var i = 0; i < stacks.Length; i++)
        {
            var answer = steady[i].IsFast ? "met" : "broken";
            Line($"{stacks[i].Name,-28} {steady[i].P50,15:0.0} ms {steady[i].P99,7:0.0} ms {answer,14} {busy[i].Rps,14:0.0} {busy[i].Price,10:0.00000} {stacks[i].ColdStart.TotalSeconds,10:0.0} s");
        }

        var (cheap, dear) = busy[0].Price <= busy[1].Price ? (0, 1) : (1, 0);
        Line($"Cheaper per request: {stacks[cheap].Name}, {busy[dear].Price / busy[cheap].Price:0.0} times.");
    }

    private void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private sealed record Stack(string Name, TimeSpan ColdStart, Func<PerfRequest?, string, Task<(string Label, float Score)>> Ask);
}
