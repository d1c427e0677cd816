using PerfAssert;
using PerfAssert.Clients;
using PerfAssert.Clients.OpenAI;

namespace StreamingClients;

/// <summary>The client, alone and with everything a perf test adds to it.</summary>
internal static class ClientUnderTest
{
    public static async Task<IReadOnlyList<Sample>> MeasureAsync(Uri address, StreamKind stream)
    {
        using var client = new OpenAIClient(address, "m");
        return await Report.RepeatAsync(() => Sample.Of(stream, () => ReadAsync(client, null, stream)));
    }

    public static async Task<IReadOnlyList<Sample>> MeasureInPerfTestAsync(Uri address, StreamKind stream)
    {
        using var client = new OpenAIClient(address, "m");
        var samples = new List<Sample>();
        try
        {
            await PerfTest.Run(
                async request => samples.Add(await Sample.Of(stream, () => ReadAsync(client, request, stream))),
                $"{Report.Samples} requests",
                ["errors <= 0 %"],
                new PerfTestOptions { WarmUp = $"{Report.WarmUps} requests" });
        }
        catch (PerfBudgetException) when (samples.Count == Report.WarmUps + Report.Samples)
        {
            // Client-bound, says the engine, and is right: the client is what is measured here, all of it on one core.
        }

        return samples[Report.WarmUps..];
    }

    private static async Task ReadAsync(OpenAIClient client, PerfRequest? request, StreamKind stream)
    {
        var ask = new ChatRequest("go") { MaxTokens = stream.Chunks, ExtraJson = $$"""{ "way": "{{stream.Way}}" }""" };
        var result = await client.ChatAsync(request, ask);
        if (result.Chunks != stream.Chunks)
        {
            throw new InvalidOperationException($"{result.Chunks} chunks were seen, {stream.Chunks} were sent.");
        }
    }
}
