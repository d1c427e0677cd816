using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using FluentAssertions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using PerfAssert.Clients.Http;
using PerfAssert.Clients.Json;
using PerfAssert.Clients.Tests.Support;
using Scripted;
using Xunit;

namespace PerfAssert.Clients.Tests.Http;

/// <summary>Runs of the real engine over connections that tell when bytes were sent and when they arrived. Alone: one of them starves the process.</summary>
[Collection(nameof(LoadHandlerTests))]
[CollectionDefinition(nameof(LoadHandlerTests), DisableParallelization = true)]
public sealed class LoadHandlerTests
{
    private const int Attempts = 4;

    [ArrivalFact]
    public async Task A_starved_client_is_not_blamed_on_the_server()
    {
        await using var server = await ScriptedServerProcess.StartAsync("--service", "constant:20ms");
        using var plain = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var told = new HttpClient(LoadHandler.Create());

        var blamed = await Starved(plain, server.Url);
        var seen = await Starved(told, server.Url);

        // Other work on the machine can make a server late that sleeps for its 20 ms, and nothing can make it early.
        for (var attempt = 1; attempt < Attempts && Median(seen, "latency") > 25; attempt++)
        {
            seen = await Starved(told, server.Url);
        }

        Median(blamed, "latency").Should().BeGreaterThan(30, "the pool's threads were kept, and answers were read late");
        blamed.GetProperty("readLag").GetProperty("count").GetInt64().Should().Be(0, ".NET's own handler tells nothing");
        Median(seen, "latency").Should().BeInRange(20, 25);
        Median(seen, "serviceTime").Should().BeInRange(20, 25);
        Median(seen, "readLag").Should().BeGreaterThan(5);
    }

    [ArrivalTheory]
    [InlineData(20_000, false)]
    [InlineData(3, true)]
    [InlineData(20_000, true)]
    public async Task Nor_is_one_that_needs_several_reads_or_TLS(int length, bool encrypted)
    {
        using var certificate = SelfSigned();
        using var server = new BlockingServer(length, encrypted ? certificate : null);
        using var client = Trusting(certificate, HttpVersion.Version11);

        var seen = await Starved(client, server.Url);
        for (var attempt = 1; attempt < Attempts && Median(seen, "latency") > 25; attempt++)
        {
            seen = await Starved(client, server.Url);
        }

        Median(seen, "latency").Should().BeInRange(20, 25);
        Median(seen, "serviceTime").Should().BeInRange(20, 25);
        Median(seen, "readLag").Should().BeGreaterThan(5);
    }

    [Fact]
    public async Task Every_answer_of_a_client_over_HTTP_1_is_told()
    {
        await using var server = RawServer.Start(async connection =>
        {
            while (await connection.ReadAsync() is not null)
            {
                await Task.Delay(20, connection.Stopping);
                await connection.SendSplitAsync(Support.Http.Json("[1, 2, 3]"), at: 20);
            }
        });
        using var client = new JsonClient(server.Address);

        // What the method does before and after is in its latency, and not in the service time.
        var run = await MeasuredRun.Run(
            async request =>
            {
                await Task.Delay(30);
                await client.PostAsync(request, "predict", 1);
                await Task.Delay(30);
            },
            requests: 20);

        var round = run.File.GetProperty("rounds")[0];
        round.GetProperty("readLag").GetProperty("count").GetInt64().Should().Be(20);
        Median(round, "latency").Should().BeGreaterThan(79);
        (Median(round, "latency") - Median(round, "serviceTime")).Should().BeGreaterThan(55);
        Median(round, "serviceTime").Should().BeGreaterThan(20);
        run.Text.Should().Contain("read lag, of 20 requests: p50 ");
    }

    [Fact]
    public async Task Requests_that_share_a_connection_of_HTTP_2_are_told_apart_by_nobody()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        await using var application = builder.Build();
        application.MapPost("/predict", () => Results.Json(1));
        await application.StartAsync();
        using var client = new JsonClient(new Uri(application.Urls.Single()), new ClientOptions { HttpVersion = new Version(2, 0) });

        var run = await MeasuredRun.Run(request => client.PostAsync(request, "predict", 1), requests: 5);

        var round = run.File.GetProperty("rounds")[0];
        round.GetProperty("latency").GetProperty("count").GetInt64().Should().Be(5);
        round.GetProperty("readLag").GetProperty("count").GetInt64().Should().Be(0);
        run.Text.Should().NotContain("read lag");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_the_method_does_between_two_reads_is_no_lateness_of_the_client(bool encrypted)
    {
        // The second half of the answer comes after 50 ms; the method is busy with the first one for 150.
        using var certificate = SelfSigned();
        await using var server = await Serving(encrypted ? certificate : null, async context =>
        {
            await context.Response.WriteAsync("first");
            await context.Response.Body.FlushAsync();
            await Task.Delay(50);
            await context.Response.WriteAsync("second");
        });
        using var client = Trusting(certificate, HttpVersion.Version11);

        var run = await MeasuredRun.Run(
            async request =>
            {
                using var response = await client.GetAsync(new Uri(server.Urls.Single()), HttpCompletionOption.ResponseHeadersRead, request.CancellationToken);
                await using var body = await response.Content.ReadAsStreamAsync();
                await Task.Delay(150);
                using var reader = new StreamReader(body);
                (await reader.ReadToEndAsync()).Should().Be("firstsecond");
            },
            requests: 10);

        run.Errors.Should().BeEmpty();
        var round = run.File.GetProperty("rounds")[0];
        round.GetProperty("readLag").GetProperty("count").GetInt64().Should().Be(10);
        Median(round, "readLag").Should().BeLessThan(50);
        Median(round, "latency").Should().BeGreaterThan(149);
    }

    [Fact]
    public async Task An_answer_whose_end_is_that_of_its_connection_ends_with_it()
    {
        await using var server = RawServer.Start(async connection =>
        {
            await connection.ReadAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\n\r\nwhole");
            await Task.Delay(50, connection.Stopping);
        });
        using var client = new HttpClient(LoadHandler.Create());

        var run = await MeasuredRun.Run(async request => (await client.GetStringAsync(server.Address)).Should().Be("whole"), requests: 5);

        run.Errors.Should().BeEmpty();
        Median(run.File.GetProperty("rounds")[0], "serviceTime").Should().BeGreaterThan(49);
    }

    [Fact]
    public async Task Over_TLS_requests_that_share_a_connection_of_HTTP_2_are_told_apart_by_nobody_either()
    {
        using var certificate = SelfSigned();
        await using var server = await Serving(certificate, context => context.Response.WriteAsync(context.Request.Protocol));
        using var client = Trusting(certificate, HttpVersion.Version20);

        var run = await MeasuredRun.Run(
            async request => (await client.GetStringAsync(new Uri(server.Urls.Single()), request.CancellationToken)).Should().Be("HTTP/2"),
            requests: 5);

        run.Errors.Should().BeEmpty();
        run.File.GetProperty("rounds")[0].GetProperty("readLag").GetProperty("count").GetInt64().Should().Be(0);
    }

    [Fact]
    public void No_connection_at_all_is_not_a_limit()
    {
        var create = () => LoadHandler.Create(maxConnectionsPerServer: 0);

        create.Should().Throw<ArgumentOutOfRangeException>().WithParameterName("maxConnectionsPerServer");
    }

    // Sixteen pieces of work a core keep the pool's threads for 30 ms each: an answer waits behind them before it is read.
    private static async Task<JsonElement> Starved(HttpClient client, Uri url)
    {
        (await client.GetAsync(url)).Dispose();
        using var places = new SemaphoreSlim(16 * Environment.ProcessorCount);
        using var over = new CancellationTokenSource();
        var starver = new Thread(() =>
        {
            while (!over.IsCancellationRequested)
            {
                places.Wait();
                ThreadPool.UnsafeQueueUserWorkItem(
                    _ =>
                    {
                        Thread.Sleep(30);
                        places.Release();
                    },
                    null);
            }

            for (var i = 0; i < 16 * Environment.ProcessorCount; i++)
            {
                places.Wait();
            }
        })
        { IsBackground = true };
        starver.Start();
        try
        {
            var run = await MeasuredRun.Run(
                async request =>
                {
                    using var response = await client.GetAsync(url, request.CancellationToken);
                    response.EnsureSuccessStatusCode();
                },
                "25 rps for 2 s");
            return run.File.GetProperty("rounds")[0];
        }
        finally
        {
            await over.CancelAsync();
            starver.Join();
        }
    }

    private static async Task<WebApplication> Serving(X509Certificate2? certificate, RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
            }
        }));
        var server = builder.Build();
        server.MapGet("/", answer);
        await server.StartAsync();
        return server;
    }

    private static HttpClient Trusting(X509Certificate2 certificate, Version version)
    {
        var handler = LoadHandler.Create();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == certificate.GetCertHashString();
        return new HttpClient(handler) { DefaultRequestVersion = version, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
    }

    private static double Median(JsonElement round, string name) => round.GetProperty(name).GetProperty("p50Ms").GetDouble();
}
