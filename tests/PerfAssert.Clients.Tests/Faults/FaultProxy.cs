using FluentAssertions;
using PerfAssert.Clients.Tests.Support;

namespace PerfAssert.Clients.Tests.Faults;

/// <summary>Stands between a client and a server, hands every other answer on as it is, and breaks those between in turn.</summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private readonly RawServer proxy;
    private PerfRequest? current;
    private int taken;

    private FaultProxy(Uri server, IReadOnlyList<Fault> faults) => proxy = RawServer.Start(async connection =>
    {
        while (await connection.ReadAsync() is { } request)
        {
            var answer = await UpstreamAnswer.AskAsync(server, request, connection.Stopping);
            var number = taken++;
            var fault = number % 2 == 1 ? faults[number / 2] : Faults.None;
            if (!await fault(connection, answer, current!))
            {
                return;
            }
        }
    });

    public Uri Address => proxy.Address;

    /// <summary>
    /// Sends a request for each fault and a good one around each, one after the other, through the engine. Every fault has to be counted once
    /// under its message, and every other request has to succeed. A fault without a message is one that a client has to bear.
    /// </summary>
    public static async Task<MeasuredRun> RunAsync(
        Uri server, Func<Uri, (IDisposable Client, Func<PerfRequest, Task> Send)> connect, IReadOnlyList<(Fault Fault, string? Message)> cases)
    {
        await using var between = new FaultProxy(server, [.. cases.Select(one => one.Fault)]);
        var (client, send) = connect(between.Address);
        using var closing = client;
        var total = (2 * cases.Count) + 1;

        var run = await MeasuredRun.Run(
            request =>
            {
                between.current = request;
                return send(request);
            },
            requests: total,
            timeout: "3 s");

        var expected = cases.Where(one => one.Message is not null)
            .GroupBy(one => one.Message!)
            .Select(same => (same.Key.StartsWith("no answer within", StringComparison.Ordinal) ? "Timeout" : typeof(RequestFailedException).FullName!, same.Key, (long)same.Count()));
        run.Errors.Should().BeEquivalentTo(expected);
        run.File.GetProperty("rounds")[0].GetProperty("succeeded").GetInt64().Should().Be(total - cases.Count(one => one.Message is not null));
        between.proxy.Requests.Should().HaveCount(total, "nothing is sent twice");
        return run;
    }

    public ValueTask DisposeAsync() => proxy.DisposeAsync();
}
