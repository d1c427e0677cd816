using FluentAssertions;
using PerfAssert.Clients.Json;
using PerfAssert.Clients.Tests.Support;
using Xunit;

namespace PerfAssert.Clients.Tests.Json;

public sealed class JsonClientTests
{
    [Fact]
    public async Task A_value_goes_out_as_JSON_and_the_answer_is_read_when_asked_for()
    {
        await using var server = RawServer.Answering(Support.Http.Json("""{"label":"good","score":0.75}"""));
        using var client = new JsonClient(new Uri(server.Address, "/api"));

        var answer = await client.PostAsync(null, "/predict?top=1", new { Text = "a fine film", Words = 2 });

        answer.ToJson().GetProperty("label").GetString().Should().Be("good");
        answer.Text.Should().Be("""{"label":"good","score":0.75}""");
        answer.ContentType.Should().Be("application/json");
        var request = server.Requests.Single();
        request.Line.Should().Be("POST /api/predict?top=1 HTTP/1.1");
        request.Header("Content-Type").Should().Be("application/json");
        request.Text.Should().Be("""{"text":"a fine film","words":2}""");
    }

    [Theory]
    [InlineData("/api?api-version=preview", "predict", "/api/predict?api-version=preview")]
    [InlineData("/api/?a=1&b=%2F", "/predict?top=1", "/api/predict?top=1&a=1&b=%2F")]
    [InlineData("?", "predict?", "/predict?")]
    [InlineData("/score?code=abc", "", "/score/?code=abc")]
    public async Task The_query_of_the_address_goes_with_each_request(string address, string path, string target)
    {
        await using var server = RawServer.Answering(Support.Http.Json("1"));
        using var client = new JsonClient(new Uri(server.Address, address));

        await client.PostAsync(null, path, 1);
        await client.PostAsync(null, path, 2);

        server.Requests.Select(request => request.Line).Should().Equal($"POST {target} HTTP/1.1", $"POST {target} HTTP/1.1");
    }

    [Fact]
    public async Task JSON_of_ones_own_is_sent_as_it_is()
    {
        await using var server = RawServer.Answering(Support.Http.Json("null"));
        using var client = new JsonClient(server.Address);

        await client.PostJsonAsync(null, "predict", """{ "text": "ä" }"""u8.ToArray());

        server.Requests.Single().Text.Should().Be("""{ "text": "ä" }""");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"a\":")]
    [InlineData("{} {}")]
    [InlineData("<html>")]
    [InlineData("[NaN]")]
    public async Task An_answer_that_is_no_JSON_is_a_failure(string body)
    {
        await using var server = RawServer.Answering(Support.Http.Json(body));
        using var client = new JsonClient(server.Address);

        var failure = await Failure.Of(() => client.PostAsync(null, "predict", 1));

        (failure.Kind, failure.Message).Should().Be((FailureKind.Malformed, "malformed answer: no JSON"));
    }
}
