using System.Globalization;
using System.Text.Json;
using LoadEngine.Generators;
using PerfAssert;

namespace LoadEngine.Children;

/// <summary>PerfAssert through its public API: <see cref="PerfTest.Run"/>, and the run file it writes.</summary>
internal static class PerfAssertLoad
{
    // Decided by any run: what is measured here is the engine, and no round is to be repeated.
    private static readonly string[] Budgets = ["p50 < 60 s", "errors < 1 %"];

    public static async Task<Report> RunAsync(Job job, SocketsHttpHandler? handler = null)
    {
        using var target = new Target(job, handler);
        Task Request(PerfRequest request) => target.GetAsync(request.CancellationToken);

        var warmUp = job.Requests is null ? Text(job.LeadSeconds) + " s" : null;
        if (job.ResetAfterLead)
        {
            _ = await RunAsync(Request, Load(job, job.LeadSeconds), "0 s").ConfigureAwait(false);
            await target.AfterLeadAsync().ConfigureAwait(false);
            warmUp = "0 s";
        }

        var result = await RunAsync(Request, Load(job, job.Seconds), warmUp).ConfigureAwait(false);
        using var json = Open(result);
        var run = json.RootElement;
        var round = run.GetProperty("rounds")[0];
        var latency = round.GetProperty("latency");
        var invalid = run.GetProperty("invalidReasons").EnumerateArray().Select(reason => reason.GetString()).ToArray();
        return new Report(
            Microseconds(latency, "p50Ms"),
            Microseconds(latency, "p99Ms"),
            Microseconds(latency, "maxMs"),
            job.ResetAfterLead ? 0 : run.GetProperty("warmUpRequests").GetInt64(),
            round.GetProperty("succeeded").GetInt64() + round.GetProperty("failed").GetInt64(),
            invalid.Length == 0 ? null : "invalid: " + string.Join("; ", invalid),
            Microseconds(round.GetProperty("serviceTime"), "p50Ms"),
            Microseconds(round.GetProperty("serviceTime"), "p99Ms"));
    }

    /// <summary>Runs a load; a run that PerfAssert calls invalid has its figures, too.</summary>
    public static async Task<PerfResult> RunAsync(Func<PerfRequest, Task> request, string load, string? warmUp)
    {
        try
        {
            return await PerfTest.Run(request, load, Budgets, new PerfTestOptions { WarmUp = warmUp, EarlyEnd = false }).ConfigureAwait(false);
        }
        catch (PerfBudgetException exception)
        {
            return exception.Result;
        }
    }

    public static JsonDocument Open(PerfResult result) =>
        JsonDocument.Parse(File.ReadAllText(result.RunFile ?? throw new InvalidOperationException(result.Text)));

    public static string Load(Job job, double seconds) => job switch
    {
        { Rate: { } rate } => $"{rate} rps for {Text(seconds)} s",
        { Requests: { } requests } => $"{requests} requests by {job.Connections} users",
        _ => $"{job.Connections} users for {Text(seconds)} s",
    };

    public static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static double Microseconds(JsonElement distribution, string name) => distribution.GetProperty(name) switch
    {
        { ValueKind: JsonValueKind.Number } number => number.GetDouble() * 1e3,
        { ValueKind: JsonValueKind.String } => double.PositiveInfinity,
        _ => double.NaN,
    };
}
