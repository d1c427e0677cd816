using System.Text.Json;

namespace PerfAssert.Clients.Tests.Support;

/// <summary>A run of the real engine and what its run file says.</summary>
internal sealed record MeasuredRun(bool Passed, string Text, JsonElement File)
{
    public IReadOnlyList<(string Kind, string Message, long Count)> Errors =>
    [
        .. File.GetProperty("errors").EnumerateArray().Select(error => (
            error.GetProperty("kind").GetString()!,
            error.GetProperty("message").GetString()!,
            error.GetProperty("count").GetInt64())),
    ];

    public static Task<MeasuredRun> Run(Func<PerfRequest, Task> send, int requests, string timeout = "10 s", IReadOnlyList<string>? budgets = null) =>
        Run(send, $"{requests} requests", timeout, budgets);

    public static async Task<MeasuredRun> Run(Func<PerfRequest, Task> send, string load, string timeout = "10 s", IReadOnlyList<string>? budgets = null)
    {
        var options = new PerfTestOptions { WarmUp = "0 s", RequestTimeout = timeout, EarlyEnd = false };
        PerfResult result;
        try
        {
            result = await PerfTest.Run(send, load, ["errors <= 0 %", .. budgets ?? []], options);
        }
        catch (PerfBudgetException broken)
        {
            result = broken.Result;
        }

        return new MeasuredRun(result.Passed, result.Text, JsonElement.Parse(await System.IO.File.ReadAllBytesAsync(result.RunFile!)));
    }
}
