using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace PerfAssert.Containers.Tests.Support;

/// <summary>A model server on loopback whose port is open from the start and whose model is not.</summary>
internal sealed class FakeModelServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Dictionary<string, Queue<(int Status, string Body)>> script = [];

    private string? hanging;
    private (string Question, string Header, string Value)? guarded;

    private FakeModelServer(WebApplication app) => this.app = app;

    public int Port => new Uri(app.Urls.First()).Port;

    public ConcurrentQueue<string> Requests { get; } = new();

    public static async Task<FakeModelServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new FakeModelServer(builder.Build());
        server.app.Run(server.AnswerAsync);
        await server.app.StartAsync();
        return server;
    }

    /// <summary>Answers a question such as <c>GET /health</c>, time after time, with these; the last one for ever. Others are answered 404.</summary>
    public FakeModelServer Answers(string question, params (int Status, string Body)[] answers)
    {
        script[question] = new Queue<(int, string)>(answers);
        return this;
    }

    /// <summary>Answers this question 401, and says with what it was asked, unless that is this header.</summary>
    public void Guards(string question, string header, string value) => guarded = (question, header, value);

    /// <summary>Never answers this question.</summary>
    public void Hangs(string question) => hanging = question;

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var question = $"{context.Request.Method} {context.Request.Path}";
        using var body = new StreamReader(context.Request.Body);
        var text = await body.ReadToEndAsync();
        Requests.Enqueue(text.Length == 0 ? question : $"{question} {text}");
        if (question == hanging)
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }

        var (status, answer) = (404, "");
        if (script.TryGetValue(question, out var answers))
        {
            lock (answers)
            {
                (status, answer) = answers.Count > 1 ? answers.Dequeue() : answers.Peek();
            }
        }

        if (guarded is { } guard && guard.Question == question && context.Request.Headers[guard.Header] != guard.Value)
        {
            (status, answer) = (401, $"not {context.Request.Headers[guard.Header]}");
        }

        context.Response.StatusCode = status;
        await context.Response.WriteAsync(answer);
    }
}
