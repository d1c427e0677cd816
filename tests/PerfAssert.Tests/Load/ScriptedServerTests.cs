using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using FluentAssertions;
using Scripted;
using Xunit;

namespace PerfAssert.Tests.Load;

/// <summary>The scripted truth keeps to its script, and its log says when.</summary>
[Collection("Timing")]
public sealed class ScriptedServerTests
{
    private const double Millisecond = 1e6;

    [Fact]
    public async Task An_answer_takes_its_service_time_and_both_stamps_lie_within_the_clients_own()
    {
        await using var server = await ScriptedServerProcess.StartAsync("--service", "constant:20ms");
        using var client = Client();

        var before = Stopwatch.GetTimestamp();
        (await client.GetStringAsync(server.Url)).Should().Be("ok");
        using var content = new ByteArrayContent(new byte[100_000]);
        using var posted = await client.PostAsync(server.Url, content);
        var after = Stopwatch.GetTimestamp();

        posted.EnsureSuccessStatusCode();
        var log = await server.ReadLogAsync();
        log.Count.Should().Be(2);
        log.Arrived[0].Should().BeGreaterThan(before);
        (log.Answered[0] - log.Arrived[0]).Should().BeGreaterThanOrEqualTo((long)(20 * Millisecond));
        log.Answered[1].Should().BeLessThan(after).And.BeGreaterThan(log.Arrived[1]);
        (await server.ReadStatisticsAsync()).Should().BeEquivalentTo(new { Requests = 2L, Connections = 1L });
    }

    [Fact]
    public async Task In_a_stall_nothing_is_read_and_what_was_due_is_answered_at_its_end()
    {
        await using var server = await ScriptedServerProcess.StartAsync("--service", "constant:200ms", "--stall", "300ms,400ms");
        using var client = Client();

        // The first call of a client takes its time.
        await client.GetStringAsync(server.Url);
        await server.ResetAsync();

        var first = client.GetStringAsync(server.Url);
        await Task.Delay(200);
        var due = client.GetStringAsync(server.Url);
        await Task.Delay(200);
        var unread = client.GetStringAsync(server.Url);
        await Task.WhenAll(first, due, unread);

        var log = await server.ReadLogAsync();
        var since = (long stamp) => (stamp - log.Arrived[0]) / Millisecond;
        since(log.Answered[1]).Should().BeGreaterThanOrEqualTo(700, "it was due in the stall");
        since(log.Arrived[2]).Should().BeGreaterThanOrEqualTo(700, "it was sent in the stall");
        log.Arrived.Concat(log.Answered).Select(since).Should().NotContain(stamp => stamp > 350 && stamp < 700, "the stall is from 300 to 700");
    }

    [Fact]
    public async Task A_reset_clears_the_log_and_repeats_the_service_times()
    {
        await using var server = await ScriptedServerProcess.StartAsync("--service", "bimodal:1ms,60ms,0.5", "--seed", "7");
        using var client = Client();

        var first = await SlowOnes();
        await server.ResetAsync();
        var second = await SlowOnes();

        first.Should().Contain(true).And.Contain(false);
        second.Should().Equal(first);

        async Task<bool[]> SlowOnes()
        {
            for (var i = 0; i < 12; i++)
            {
                await client.GetStringAsync(server.Url);
            }

            var log = await server.ReadLogAsync();
            return [.. log.Answered.Zip(log.Arrived, (answered, arrived) => answered - arrived > 50 * Millisecond)];
        }
    }

    [Fact]
    public async Task Requests_sent_together_are_answered_in_order()
    {
        await using var server = await ScriptedServerProcess.StartAsync("--service", "lognormal:2ms,1");
        using var socket = new TcpClient();
        await socket.ConnectAsync(server.Url.Host, server.Url.Port);
        var stream = socket.GetStream();

        await stream.WriteAsync("GET / HTTP/1.1\r\n\r\nPOST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabcGET / HTTP/1.1\r\nConnection: close\r\n\r\n"u8.ToArray());
        using var reader = new StreamReader(stream, Encoding.ASCII);
        var text = await reader.ReadToEndAsync();

        text.Split("200 OK").Should().HaveCount(4);
        var log = await server.ReadLogAsync();
        log.Answered.Should().BeInAscendingOrder().And.NotContain(0);
    }

    [Fact]
    public async Task A_wrong_option_says_what_is_expected()
    {
        var start = async () => await ScriptedServerProcess.StartAsync("--service", "constant:5");

        (await start.Should().ThrowAsync<InvalidOperationException>()).WithMessage("*constant:5ms*got 'constant:5'*");
    }

    private static HttpClient Client() => new(new SocketsHttpHandler { UseProxy = false });
}
