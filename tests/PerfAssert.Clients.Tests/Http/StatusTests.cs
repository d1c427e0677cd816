using System.Net;
using FluentAssertions;
using PerfAssert.Clients.Json;
using PerfAssert.Clients.Tests.Support;
using Xunit;

namespace PerfAssert.Clients.Tests.Http;

public sealed class StatusTests
{
    [Theory]
    [InlineData("429 Slow Down", FailureKind.Overloaded, "HTTP 429 Too Many Requests")]
    [InlineData("503 Busy", FailureKind.Overloaded, "HTTP 503 Service Unavailable")]
    [InlineData("404 Nope", FailureKind.Status, "HTTP 404 Not Found")]
    [InlineData("424 X", FailureKind.Status, "HTTP 424 Failed Dependency")]
    [InlineData("302 Found", FailureKind.Status, "HTTP 302 Found")]
    [InlineData("599 X", FailureKind.Status, "HTTP 599")]
    public async Task Another_status_than_success_is_named_by_its_standard_words(string status, FailureKind kind, string message)
    {
        await using var server = RawServer.Answering(Support.Http.Json("""{"error":"model 'x'\nis unknown"}""", status, "Location: /elsewhere\r\n"));
        using var client = new JsonClient(server.Address);

        var failure = await Failure.Of(() => client.PostAsync(null, "predict", 1));

        (failure.Kind, failure.Message, failure.StatusCode).Should().Be((kind, message, (HttpStatusCode)int.Parse(status[..3], System.Globalization.CultureInfo.InvariantCulture)));
        failure.Detail.Should().Be("""{"error":"model 'x'\nis unknown"}""");
        failure.ToString().Should().StartWith($"PerfAssert.Clients.RequestFailedException: {message}{Environment.NewLine}{failure.Detail}");
        server.Requests.Should().ContainSingle("nothing is retried or followed");
    }

    [Fact]
    public async Task A_long_body_is_shortened()
    {
        await using var server = RawServer.Answering(Support.Http.Json(new string('x', 2_000_000), "500 X"));
        using var client = new JsonClient(server.Address);

        (await Failure.Of(() => client.PostAsync(null, "predict", 1))).Detail.Should().HaveLength(301);
    }

    [Fact]
    public async Task A_secret_that_the_server_repeats_is_in_no_message()
    {
        await using var server = RawServer.Answering(request => Support.Http.Json(
            $$"""{"error":{"message":"bad key {{request.Header("Authorization")}} or {{request.Header("api-key")}}","type":"sk-secret1"} }""",
            request.Line.Contains("inside", StringComparison.Ordinal) ? "200 OK" : "401 Unauthorized"));
        var options = new ClientOptions
        {
            Authorization = "Bearer sk-secret1",
            Headers = new Dictionary<string, string> { ["api-key"] = "hunter22" },
        };
        using var json = new JsonClient(server.Address, options);
        using var openAI = new Clients.OpenAI.OpenAIClient(new Uri(server.Address, "inside"), "m", options);

        var status = await Failure.Of(() => json.PostAsync(null, "predict", 1));
        var inside = await Failure.Of(() => openAI.ChatAsync(null, new ChatRequest("Hi")));

        server.Requests.Should().AllSatisfy(request => request.Header("Authorization").Should().Be("Bearer sk-secret1"));
        (status.ToString() + inside).Should().Contain("***").And.NotContain("sk-secret1").And.NotContain("hunter22");
    }

    [Fact]
    public async Task A_secret_in_the_query_of_the_address_is_in_no_message()
    {
        await using var server = RawServer.Answering(request => Support.Http.Json(
            $$"""{"error":"{{request.Line}}: k/1 has no access, a is none of its rights"}""", "401 Unauthorized"));
        using var client = new JsonClient(new Uri(server.Address, "?key=k%2F1secret&v=a"));
        using var nobody = new JsonClient(new Uri("http://127.0.0.1:1?key=k%2F1secret"));

        var status = await Failure.Of(() => client.PostAsync(null, "predict", 1));
        var refused = await Failure.Of(() => nobody.PostAsync(null, "predict", 1));

        status.Detail.Should().Be("""{"error":"POST /predict?key=***&v=a HTTP/1.1: k/1 has no access, a is none of its rights"}""");
        refused.ToString().Should().Contain("127.0.0.1").And.NotContain("secret");
    }

    [Fact]
    public void A_header_that_cannot_be_sent_is_refused_without_its_value()
    {
        var create = () => new JsonClient(new Uri("http://127.0.0.1:1"), new ClientOptions { Authorization = "Bearer sk-secret1\n" });

        create.Should().Throw<ArgumentException>().Which.Message.Should().Contain("Authorization").And.NotContain("sk-secret1");
    }

    [Fact]
    public async Task The_standard_header_of_server_timings_is_recorded()
    {
        await using var server = RawServer.Answering(Support.Http.Json("1", headers: "Server-Timing: queue;dur=3.5, infer;desc=\"x\";dur=12, cache;desc=hit, b@d;dur=1, old;dur=x\r\n"));
        using var client = new JsonClient(server.Address);
        var request = Requests.New();

        await client.PostAsync(request, "predict", 1);

        request.Marks.Records.Should().Equal(("server_queue", TimeSpan.FromMilliseconds(3.5)), ("server_infer", TimeSpan.FromMilliseconds(12)));
    }

    [Fact]
    public async Task Timings_of_one_name_belong_together()
    {
        await using var server = RawServer.Answering(Support.Http.Json("1", headers: "Server-Timing: db;dur=3, app;dur=9\r\nServer-Timing: db;dur=5\r\n"));
        using var client = new JsonClient(server.Address);
        var request = Requests.New();

        await client.PostAsync(request, "predict", 1);

        request.Marks.Records.Should().BeEquivalentTo([("server_db", TimeSpan.FromMilliseconds(8)), ("server_app", TimeSpan.FromMilliseconds(9))]);
    }

    [Fact]
    public async Task What_a_server_describes_in_quotes_is_no_timing()
    {
        await using var server = RawServer.Answering(Support.Http.Json(
            "1", headers: "Server-Timing: queue;desc=\"a, b;dur=7, c;dur=8\";dur=3.5, infer;desc=\"\\\", d;dur=9\" ; dur=\"12\", open;desc=\"x, y;dur=1\r\n"));
        using var client = new JsonClient(server.Address);
        var request = Requests.New();

        await client.PostAsync(request, "predict", 1);

        request.Marks.Records.Should().Equal(("server_queue", TimeSpan.FromMilliseconds(3.5)), ("server_infer", TimeSpan.FromMilliseconds(12)));
    }

    [Fact]
    public async Task Names_that_a_server_makes_up_fail_no_request_and_leave_the_tests_own_their_room()
    {
        var answers = 0;
        await using var server = RawServer.Answering(_ => Support.Http.Json("1", headers: $"Server-Timing: total;dur=2, step{Interlocked.Increment(ref answers)};dur=1\r\n"));
        using var client = new JsonClient(server.Address);

        var run = await MeasuredRun.Run(
            async request =>
            {
                await client.PostAsync(request, "predict", 1);
                request.Record($"own{request.Index % 30}", TimeSpan.FromMilliseconds(1));
            },
            requests: 100,
            budgets: ["server_total.max <= 2 ms"]);

        run.Errors.Should().BeEmpty();
        run.Passed.Should().BeTrue(run.Text);
    }

    [Fact]
    public async Task A_server_that_names_a_timing_when_there_is_no_room_for_it_fails_no_request()
    {
        await using var server = RawServer.Answering(Support.Http.Json("1", headers: "Server-Timing: own0;dur=1, queue;dur=2\r\n"));
        using var client = new JsonClient(server.Address);
        var request = Requests.New();
        for (var name = 0; name < 50; name++)
        {
            request.Record($"server_own{name}", TimeSpan.Zero);
        }

        request.Marks.Clear();

        await client.PostAsync(request, "predict", 1);

        request.Marks.Records.Should().Equal(("server_own0", TimeSpan.FromMilliseconds(1)));
    }
}
