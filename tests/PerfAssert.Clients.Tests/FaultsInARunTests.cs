using FluentAssertions;
using PerfAssert.Clients.OpenAI;
using PerfAssert.Clients.Tests.OpenAI;
using PerfAssert.Clients.Tests.Support;
using Xunit;

namespace PerfAssert.Clients.Tests;

/// <summary>Through the engine, over real sockets: every fault is one failed request, under its own name.</summary>
public sealed class FaultsInARunTests
{
    private const string Exception = "PerfAssert.Clients.RequestFailedException";
    private static readonly ChatRequest Chat = new("Hi") { OutputTokens = 5 };

    [Fact]
    public async Task Each_fault_is_counted_once_and_named()
    {
        var half = Support.Http.ChunkedStream + Support.Http.Chunk(Recorded.LlamaCpp[..900]);
        var count = -1;
        PerfRequest? current = null;
        await using var server = RawServer.Start(async connection =>
        {
            while (await connection.ReadAsync() is not null)
            {
                switch (Interlocked.Increment(ref count))
                {
                    case 1:
                        await connection.SendAsync(Support.Http.Json("{}", "429 X"));
                        break;
                    case 2:
                        await connection.SendAsync(half);
                        await Faults.Faults.Until(() => current!.Marks.Chunks.Count > 0); // a reset overtakes what was not read yet
                        connection.Reset();
                        return;
                    case 3:
                        await connection.SendAsync(half + "0\r\n\r\n");
                        break;
                    case 4:
                        await connection.SendAsync(Support.Http.Sse("data: {\"error\":{\"type\":\"server_error\",\"message\":\"no\"}}\n\n"));
                        break;
                    case 5:
                        await connection.SendAsync(Support.Http.Sse(Recorded.LlamaCpp.Replace("data: [DONE]", ": gone", StringComparison.Ordinal)));
                        break;
                    case 6:
                        connection.Close();
                        return;
                    case 7:
                        connection.Close();
                        return;
                    case 8:
                        await Task.Delay(Timeout.Infinite, connection.Stopping);
                        return;
                    default:
                        await connection.SendAsync(Support.Http.Sse(Recorded.LlamaCpp));
                        break;
                }
            }
        });
        using var client = new OpenAIClient(server.Address, "tiny");

        var run = await MeasuredRun.Run(
            request =>
            {
                current = request;
                return client.ChatAsync(request, Chat);
            },
            requests: 10,
            timeout: "3 s");

        run.Passed.Should().BeFalse();
        run.Errors.Should().BeEquivalentTo(
        [
            (Exception, "HTTP 429 Too Many Requests", 1L),
            (Exception, "truncated answer: connection reset before its end", 1L),
            (Exception, "truncated answer: half an event at the end of the stream", 1L),
            (Exception, "error inside a successful answer: server_error", 1L),
            (Exception, "truncated answer: no [DONE] at the end of the stream", 1L),
            (Exception, "broken reused connection: closed before the answer", 1L),
            (Exception, "broken new connection: closed before the answer", 1L),
            ("Timeout", "no answer within 3 s", 1L),
        ]);
        server.Requests.Should().HaveCount(10, "nothing is sent twice");
    }

    [Fact]
    public async Task Failures_that_differ_in_their_words_alone_are_counted_together()
    {
        var count = 0;
        await using var server = RawServer.Answering(_ => Support.Http.Json($"{{\"error\":\"request {count++} refused\"}}", "503 X"));
        using var client = new OpenAIClient(server.Address, "tiny");

        var run = await MeasuredRun.Run(request => client.ChatAsync(request, Chat), requests: 20);

        run.Errors.Should().Equal((Exception, "HTTP 503 Service Unavailable", 20L));
        run.Text.Should().Contain("request 0 refused", "the first is shown whole");
    }

    [Fact]
    public async Task A_usage_that_disagrees_with_the_chunks_is_told()
    {
        // 4 chunks with content, 20 ms apart; the server says it made 90 tokens, which would have taken 30 times as long.
        var events = Recorded.LlamaCpp.Replace("\"completion_tokens\":5", "\"completion_tokens\":90", StringComparison.Ordinal)
            .Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        await using var server = RawServer.Start(async connection =>
        {
            while (await connection.ReadAsync() is not null)
            {
                await connection.SendAsync(Support.Http.ChunkedStream);
                foreach (var text in events)
                {
                    await Task.Delay(20, connection.Stopping);
                    await connection.SendAsync(Support.Http.Chunk(text + "\n\n"));
                }

                await connection.SendAsync("0\r\n\r\n");
            }
        });
        using var client = new OpenAIClient(server.Address, "tiny");

        var run = await MeasuredRun.Run(request => client.ChatAsync(request, Chat), requests: 5);

        run.Errors.Should().BeEmpty();
        var warnings = run.File.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()!).ToList();
        warnings.Should().ContainSingle(warning => warning.StartsWith(
            "the server counts other output tokens than were marked in 5 of 5 streamed requests (100 %): 90 against 4 on average", StringComparison.Ordinal));
        warnings.Should().ContainSingle(warning => warning.StartsWith("TTFT + TPOT · (n − 1) is not the latency of 5 of 5 streamed requests", StringComparison.Ordinal));
        var streams = run.File.GetProperty("rounds")[0].GetProperty("streams");
        streams.GetProperty("miscounted").GetInt64().Should().Be(5);
        (streams.GetProperty("miscountedMarks").GetDouble(), streams.GetProperty("miscountedTokens").GetDouble()).Should().Be((4, 90));
        warnings.Should().NotContain(warning => warning.StartsWith("tokens are chunks", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_sends_no_usage_is_told()
    {
        var stream = string.Join("\n\n", Recorded.LlamaCpp.Split("\n\n").Where(text => !text.Contains("\"usage\"", StringComparison.Ordinal)));
        await using var server = RawServer.Answering(Support.Http.ChunkedSse(stream));
        using var client = new OpenAIClient(server.Address, "tiny");

        var run = await MeasuredRun.Run(request => client.ChatAsync(request, Chat), requests: 5);

        run.Errors.Should().BeEmpty();
        run.File.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()!).Should().ContainSingle(warning => warning.StartsWith(
            "tokens are chunks in 5 of 5 streamed requests (100 %): the server counted none", StringComparison.Ordinal));
        run.File.GetProperty("rounds")[0].GetProperty("streams").GetProperty("uncounted").GetInt64().Should().Be(5);
    }

    [Fact]
    public async Task A_stream_is_good_when_its_first_token_and_its_pace_meet_their_budgets()
    {
        var count = -1;
        await using var server = RawServer.Start(async connection =>
        {
            while (await connection.ReadAsync() is not null)
            {
                // The second answer begins late, the fourth has long pauses between its events.
                var number = ++count;
                await Task.Delay(number == 1 ? 1500 : 0, connection.Stopping);
                await connection.SendAsync(Support.Http.ChunkedStream);
                foreach (var text in Recorded.LlamaCpp.Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
                {
                    await connection.SendAsync(Support.Http.Chunk(text + "\n\n"));
                    await Task.Delay(number == 3 ? 400 : 0, connection.Stopping);
                }

                await connection.SendAsync("0\r\n\r\n");
            }
        });
        using var client = new OpenAIClient(server.Address, "tiny");

        var run = await MeasuredRun.Run(
            request => client.ChatAsync(request, Chat), requests: 6, budgets: ["ttft.p50 < 1200 ms", "tpot.p50 < 400 ms", "goodput > 0.01"]);

        run.Errors.Should().BeEmpty();
        run.File.GetProperty("rounds")[0].GetProperty("good").GetInt64().Should().Be(4, "of six, one begins too late and one goes on too slowly");
    }

    [Fact]
    public async Task Streaming_metrics_and_server_timings_are_measured()
    {
        await using var server = RawServer.Answering(Support.Http.ChunkedSse(Recorded.LlamaCpp));
        using var client = new OpenAIClient(server.Address, "tiny");

        var run = await MeasuredRun.Run(request => client.ChatAsync(request, Chat), requests: 20);

        // What was measured, not whether the machine was quiet enough for a verdict.
        run.Errors.Should().BeEmpty(run.Text);
        var series = run.File.GetProperty("rounds")[0].GetProperty("series");
        (Count("ttft"), Count("tpot"), Count("itl")).Should().Be((20, 20, 3 * 20), "four chunks of each answer have content");
        (Mean("server_prompt"), Mean("server_decode")).Should().Be((5.5, 1.25));

        long Count(string name) => series.GetProperty(name).GetProperty("count").GetInt64();
        double Mean(string name) => Math.Round(series.GetProperty(name).GetProperty("meanMs").GetDouble(), 2);
    }
}
