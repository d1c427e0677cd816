using System.Net;
using System.Net.Sockets;
using FluentAssertions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using PerfAssert.Clients.Json;
using PerfAssert.Clients.Tests.Support;
using Xunit;

namespace PerfAssert.Clients.Tests.Http;

public sealed class ConnectionTests
{
    [Fact]
    public async Task Nobody_listening_is_no_connection()
    {
        using var client = new JsonClient(new Uri($"http://127.0.0.1:{FreePort()}"));

        var failure = await Failure.Of(() => client.PostAsync(null, "predict", 1));

        (failure.Kind, failure.Message).Should().Be((FailureKind.NoConnection, "no connection: refused"));
        failure.Detail.Should().Contain("127.0.0.1");
    }

    [Fact]
    public async Task An_unknown_host_is_no_connection()
    {
        using var client = new JsonClient(new Uri("http://no-such-host.invalid"));

        var failure = await Failure.Of(() => client.PostAsync(null, "predict", 1));

        (failure.Kind, failure.Message).Should().Be((FailureKind.NoConnection, "no connection: unknown host"));
    }

    [Theory]
    [InlineData(false, "broken new connection: closed before the answer")]
    [InlineData(true, "broken new connection: reset before the answer")]
    public async Task A_new_connection_that_breaks_before_the_answer_is_named(bool reset, string message)
    {
        await using var server = RawServer.Start(connection => Break(connection, answers: 0, reset));
        using var client = new JsonClient(server.Address);

        var failure = await Failure.Of(() => client.PostAsync(null, "predict", 1));

        (failure.Kind, failure.Message).Should().Be((FailureKind.BrokenConnection, message));
        server.Requests.Should().ContainSingle("no request is sent twice");
    }

    [Theory]
    [InlineData(false, "broken reused connection: closed before the answer")]
    [InlineData(true, "broken reused connection: reset before the answer")]
    public async Task A_reused_connection_that_breaks_before_the_answer_is_another_finding(bool reset, string message)
    {
        await using var server = RawServer.Start(connection => Break(connection, answers: 2, reset));
        using var client = new JsonClient(server.Address);
        await client.PostAsync(null, "predict", 1);
        await client.PostAsync(null, "predict", 2);

        var failure = await Failure.Of(() => client.PostAsync(null, "predict", 3));

        (failure.Kind, failure.Message).Should().Be((FailureKind.BrokenReusedConnection, message));
        server.Requests.Select(request => request.Text).Should().Equal(["1", "2", "3"], "no request is sent twice");
        server.Connections.Should().Be(1);
        await client.PostAsync(null, "predict", 4);
        server.Connections.Should().Be(2);
    }

    [Fact]
    public async Task Half_the_head_of_an_answer_is_a_broken_connection()
    {
        await using var server = RawServer.Start(async connection =>
        {
            await connection.ReadAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Le");
            connection.Close();
        });
        using var client = new JsonClient(server.Address);

        (await Failure.Of(() => client.PostAsync(null, "predict", 1))).Kind.Should().Be(FailureKind.BrokenConnection);
    }

    [Fact]
    public async Task Half_a_body_is_a_truncated_answer()
    {
        await using var server = RawServer.Start(async connection =>
        {
            await connection.ReadAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{\"a\"");
            connection.Close();
        });
        using var client = new JsonClient(server.Address);

        var failure = await Failure.Of(() => client.PostAsync(null, "predict", 1));

        (failure.Kind, failure.Message).Should().Be((FailureKind.Truncated, "truncated answer: connection closed before its end"));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 3)]
    public async Task Reusing_connections_is_an_option(bool reuse, int connections)
    {
        await using var server = RawServer.Start(async connection =>
        {
            while (await connection.ReadAsync() is { } request)
            {
                var close = request.Header("Connection") == "close";
                await connection.SendAsync(Support.Http.Json("1", headers: close ? "Connection: close\r\n" : ""));
                if (close)
                {
                    connection.Close();
                    return;
                }
            }
        });
        using var client = new JsonClient(server.Address, new ClientOptions { ReuseConnections = reuse });

        for (var i = 0; i < 3; i++)
        {
            await client.PostAsync(null, "predict", i);
        }

        server.Connections.Should().Be(connections);
    }

    [Fact]
    public async Task No_more_connections_are_opened_than_allowed()
    {
        await using var server = RawServer.Start(async connection =>
        {
            while (await connection.ReadAsync() is not null)
            {
                await Task.Delay(20, connection.Stopping);
                await connection.SendAsync(Support.Http.Json("1"));
            }
        });
        using var client = new JsonClient(server.Address, new ClientOptions { MaxConnectionsPerServer = 2 });

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => client.PostAsync(null, "predict", i)));

        server.Connections.Should().BeLessThanOrEqualTo(2);
    }

    [Fact]
    public async Task HTTP_2_is_an_option()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        await using var application = builder.Build();
        application.MapPost("/predict", (HttpContext context) => Results.Json(context.Request.Protocol));
        await application.StartAsync();
        using var client = new JsonClient(new Uri(application.Urls.Single()), new ClientOptions { HttpVersion = new Version(2, 0) });

        (await client.PostAsync(null, "predict", 1)).Text.Should().Be("\"HTTP/2\"");
    }

    [Fact]
    public void A_connection_for_each_request_needs_HTTP_1()
    {
        var create = () => new JsonClient(new Uri("http://127.0.0.1:1"), new ClientOptions { HttpVersion = new Version(2, 0), ReuseConnections = false });

        create.Should().Throw<ArgumentException>().WithMessage("*HTTP/1.1*");
    }

    [Fact]
    public async Task Bytes_of_bodies_are_accounted()
    {
        await using var server = RawServer.Answering(Support.Http.Json("[1, 2, 3]"));
        using var client = new JsonClient(server.Address);
        var request = Requests.New();

        await client.PostAsync(request, "predict", "four");

        (request.Marks.BytesSent, request.Marks.BytesReceived).Should().Be((6, 9));
    }

    [Fact]
    public async Task A_call_is_cancelled_by_its_own_token_and_by_that_of_its_request()
    {
        await using var server = RawServer.Start(connection => Task.Delay(Timeout.Infinite, connection.Stopping));
        using var client = new JsonClient(server.Address);
        using var own = new CancellationTokenSource(50);
        using var requests = new CancellationTokenSource(50);
        var request = Requests.New();
        request.Reset(0, 1, Variant.Candidate, requests.Token);

        var alone = () => client.PostAsync(null, "predict", 1, own.Token);
        var measured = () => client.PostAsync(request, "predict", 1);
        var both = () => client.PostAsync(request, "predict", 1, new CancellationToken(canceled: true));

        await alone.Should().ThrowAsync<OperationCanceledException>();
        await measured.Should().ThrowAsync<OperationCanceledException>();
        await both.Should().ThrowAsync<OperationCanceledException>();
    }

    [Theory]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("/relative")]
    public void An_address_that_cannot_be_spoken_to_is_refused(string address)
    {
        var create = () => new JsonClient(new Uri(address, UriKind.RelativeOrAbsolute));

        create.Should().Throw<ArgumentException>().WithMessage("*http://127.0.0.1:8000*");
    }

    private static async Task Break(RawConnection connection, int answers, bool reset)
    {
        while (await connection.ReadAsync() is not null)
        {
            if (answers-- > 0)
            {
                await connection.SendAsync(Support.Http.Json("1"));
                continue;
            }

            if (reset)
            {
                connection.Reset();
            }
            else
            {
                connection.Close();
            }

            return;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
