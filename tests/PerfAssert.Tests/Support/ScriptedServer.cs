using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PerfAssert.Tests.Support;

/// <summary>A real server on loopback that answers by a script and keeps its own log of service times: the truth.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly ConcurrentQueue<double> log = new();
    private readonly HttpClient http;

    private ScriptedServer(WebApplication application, Uri address)
    {
        this.application = application;
        http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address };
    }

    /// <summary>Service times in milliseconds, as the server saw them, in order of completion.</summary>
    public IReadOnlyList<double> Log => [.. log];

    public static async Task<ScriptedServer> StartAsync(Func<long, Task> script)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var application = builder.Build();
        application.Urls.Add("http://127.0.0.1:0");
        ScriptedServer? server = null;
        application.MapGet("/{index:long}", async (long index) =>
        {
            var start = Stopwatch.GetTimestamp();
            await script(index);
            server!.log.Enqueue(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            return Results.Text("ok");
        });
        await application.StartAsync();
        var address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return server = new ScriptedServer(application, new Uri(address + "/"));
    }

    public async Task GetAsync(PerfRequest request)
    {
        using var response = await http.GetAsync(new Uri($"{request.Index}", UriKind.Relative), request.CancellationToken);
        response.EnsureSuccessStatusCode();
    }

    public void ClearLog() => log.Clear();

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await application.DisposeAsync();
    }
}
