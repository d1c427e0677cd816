using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace PerfAssert.Xunit.Scenarios;

/// <summary>A loopback server that does what it is told.</summary>
public sealed class ScriptedServer : IAsyncLifetime
{
    private static readonly TimeSpan StallStart = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan StallEnd = TimeSpan.FromSeconds(3.5);

    private readonly WebApplication app;
    private long firstRequest;

    public ScriptedServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.MapGet("/after/{milliseconds:int}", (int milliseconds, CancellationToken token) => Task.Delay(milliseconds, token));
        app.MapGet("/error", () => Results.StatusCode(StatusCodes.Status500InternalServerError));
        app.MapGet("/stall", StallAsync);
    }

    public HttpClient Client { get; } = new();

    public async Task InitializeAsync()
    {
        await app.StartAsync();
        Client.BaseAddress = new Uri(app.Urls.First());
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
    }

    public Task AnswerAsync(int afterMilliseconds, PerfRequest request) =>
        GetAsync("/after/" + afterMilliseconds.ToString(CultureInfo.InvariantCulture), request);

    public async Task GetAsync(string path, PerfRequest request)
    {
        using var response = await Client.GetAsync(new Uri(path, UriKind.Relative), request.CancellationToken);
        response.EnsureSuccessStatusCode();
    }

    public Task DieAsync() => app.StopAsync(new CancellationToken(canceled: true));

    private async Task StallAsync(CancellationToken token)
    {
        var now = Stopwatch.GetTimestamp();
        var first = Interlocked.CompareExchange(ref firstRequest, now, 0);
        var elapsed = first == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(first, now);
        if (elapsed > StallStart && elapsed < StallEnd)
        {
            await Task.Delay(StallEnd - elapsed, token);
        }
    }
}
