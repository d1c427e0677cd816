using System.Collections.Concurrent;
using System.Text.Json;
using FluentAssertions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PerfAssert.Clients;
using PerfAssert.Clients.OpenAI;
using PerfAssert.Payloads.Prompts;
using Xunit;

namespace PerfAssert.Payloads.Tests;

/// <summary>Through the engine and a real client, over loopback.</summary>
public sealed class PayloadPoolTests
{
    private static readonly TokenCounter Words = TokenCounter.Of("words", text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length);

    [Fact]
    public async Task Request_k_has_the_same_payload_whatever_the_concurrency_and_the_hash_is_in_the_run_file()
    {
        var prompts = PromptPool.OfLength(Words, TokenLength.Uniform(3, 9), count: 7);
        var one = await Sent("30 requests", prompts);
        var eight = await Sent("30 requests by 8 users", prompts);

        eight.Prompts.Should().BeEquivalentTo(one.Prompts);
        one.Prompts.Should().OnlyContain(sent => sent.Value == prompts[(int)(sent.Key % 7)]).And.HaveCount(30);
        var recorded = eight.File.GetProperty("payloads").EnumerateArray().Should().ContainSingle().Subject;
        recorded.GetProperty("sha256").GetString().Should().Be(prompts.Set.Sha256);
        (recorded.GetProperty("name").GetString(), recorded.GetProperty("count").GetInt32()).Should().Be(("prompts", 7));
        recorded.GetProperty("tokens").GetProperty("mean").GetDouble().Should().Be(prompts.Set.Tokens!.Mean);
        eight.File.GetProperty("meanInputTokens").GetDouble().Should().Be(11);
        eight.File.GetProperty("meanOutputTokens").GetDouble().Should().Be(2);
    }

    [Fact]
    public async Task Taking_a_payload_allocates_nothing()
    {
        var prompts = PromptPool.OfLength(Words, TokenLength.Fixed(3), count: 5).Select(prompt => new ChatRequest(prompt));
        var allocated = long.MaxValue;
        await ResultOf(
            request =>
            {
                _ = prompts.Next(request);
                var before = GC.GetAllocatedBytesForCurrentThread();
                for (var i = 0; i < 1_000; i++)
                {
                    _ = prompts.Next(request);
                }

                allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                return Task.CompletedTask;
            },
            "1 request");

        allocated.Should().Be(0);
    }

    [Fact]
    public void What_is_made_of_payloads_keeps_their_hash()
    {
        var prompts = PromptPool.OfLength(Words, TokenLength.Fixed(3), count: 5);
        var chats = prompts.Select(prompt => new ChatRequest(prompt) { OutputTokens = 8 });

        chats.Set.Should().BeSameAs(prompts.Set);
        chats[3].Messages[0].Content.Should().Be(prompts[3]);
    }

    [Fact]
    public void A_recipe_is_in_the_hash_of_what_is_made()
    {
        var prompts = PromptPool.OfLength(Words, TokenLength.Fixed(3), count: 5);
        var (few, again, many) = (Make(8), Make(8), Make(256));

        few.Set.Sha256.Should().Be(again.Set.Sha256).And.NotBe(many.Set.Sha256).And.NotBe(prompts.Set.Sha256);
        (few.Set.Name, few.Set.Count, few.Set.Tokens).Should().Be((prompts.Set.Name, 5, prompts.Set.Tokens));
        few[3].OutputTokens.Should().Be(8);

        PayloadPool<ChatRequest> Make(int tokens) => prompts.Select(prompt => new ChatRequest(prompt) { OutputTokens = tokens }, $"{tokens} output tokens");
    }

    [Fact]
    public void A_recipe_without_words_is_refused()
    {
        var make = () => PromptPool.OfLength(Words, TokenLength.Fixed(3), count: 5).Select(prompt => prompt, " ");

        make.Should().Throw<ArgumentException>();
    }

    private static async Task<(IReadOnlyDictionary<long, string> Prompts, JsonElement File)> Sent(string load, PayloadPool<string> prompts)
    {
        await using var server = await StartAsync();
        using var client = new OpenAIClient(new Uri(server.Urls.First()), "tiny");
        var chats = prompts.Select(prompt => new ChatRequest(prompt) { Stream = false });
        var sent = new ConcurrentDictionary<long, string>();
        var result = await ResultOf(
            request =>
            {
                var chat = chats.Next(request);
                sent[request.Index] = chat.Messages[0].Content;
                return client.ChatAsync(request, chat);
            },
            load);
        return (sent, JsonElement.Parse(await File.ReadAllBytesAsync(result.RunFile!)));
    }

    // A busy machine may make the run invalid: what was sent and written is the same.
    private static async Task<PerfResult> ResultOf(Func<PerfRequest, Task> request, string load)
    {
        try
        {
            return await PerfTest.Run(request, load, ["errors <= 0 %"], new PerfTestOptions { WarmUp = "0 s" });
        }
        catch (PerfBudgetException broken)
        {
            return broken.Result;
        }
    }

    private static async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        server.MapPost("/v1/chat/completions", () => Results.Text(
            """{"choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"yes"}}],"usage":{"prompt_tokens":11,"completion_tokens":2}}""",
            "application/json"));
        await server.StartAsync();
        return server;
    }
}
