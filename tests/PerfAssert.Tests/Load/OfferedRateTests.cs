using FluentAssertions;
using PerfAssert.Tests.Support;
using Scripted;
using Xunit;

namespace PerfAssert.Tests.Load;

/// <summary>The rate over a minute, as a server saw it. Not alone: other tests beside it make arrivals late, and must not change their rate.</summary>
public sealed class OfferedRateTests : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false });

    public void Dispose() => http.Dispose();

    [Fact]
    public async Task The_offered_rate_is_kept_to_a_thousandth_over_a_minute()
    {
        await using var server = await ScriptedServerProcess.StartAsync();
        var measured = await Loads.MeasureAsync(Loads.Plan(Loads.Rate(500, 60)), async request =>
        {
            using var response = await http.GetAsync(server.Url, request!.CancellationToken);
            response.EnsureSuccessStatusCode();
        });

        var arrived = (await server.ReadLogAsync()).Arrived.Order().ToArray();
        arrived.Should().HaveCount(30_000);
        measured.Rounds.Single().Succeeded.Should().Be(30_000);

        // By the median of the first and the last second, which one late arrival does not move.
        var from = Start(arrived[..500]);
        var to = Start(arrived[^500..]);
        (29_500 / ((to - from) / 1e9)).Should().BeApproximately(500, 0.5);
    }

    // When the first of these arrivals would have come at 500/s, by the median of them all.
    private static double Start(long[] arrived) => arrived.Select((at, k) => at - (k * 1e9 / 500)).Order().ElementAt(arrived.Length / 2);
}
