using FluentAssertions;
using PerfAssert.Clients.Tests.Support;
using PerfAssert.Clients.TorchServe;
using Xunit;

namespace PerfAssert.Clients.Tests.TorchServe;

public sealed class TorchServeTests
{
    [Fact]
    public async Task A_body_goes_out_as_it_is_and_the_handlers_answer_comes_back()
    {
        await using var server = RawServer.Answering(Support.Http.Answer([1, 2, 255], "application/octet-stream"));
        using var client = new TorchServeClient(server.Address);
        var request = Requests.New();

        var answer = await client.PredictAsync(request, "resnet/1.0", new byte[] { 0xFF, 0xD8 }, "image/jpeg");

        answer.Body.ToArray().Should().Equal(1, 2, 255);
        answer.ContentType.Should().Be("application/octet-stream");
        server.Requests.Single().Line.Should().Be("POST /predictions/resnet/1.0 HTTP/1.1");
        server.Requests.Single().Header("Content-Type").Should().Be("image/jpeg");
        server.Requests.Single().Body.Should().Equal(0xFF, 0xD8);
        (request.Marks.BytesSent, request.Marks.BytesReceived).Should().Be((2, 3));
    }

    [Fact]
    public async Task An_answer_that_claims_to_be_JSON_is_JSON()
    {
        await using var server = RawServer.Answering(Support.Http.Json("{\"cat\": 0.9"));
        using var client = new TorchServeClient(server.Address);

        (await Failure.Of(() => client.PredictAsync(null, "m", new byte[1]))).Message.Should().Be("malformed answer: no JSON");
    }

    [Fact]
    public async Task The_servers_own_words_are_the_detail()
    {
        await using var server = RawServer.Answering(Support.Http.Json("""{"code":503,"type":"ServiceUnavailableException","message":"Model \"m\" has no worker to serve inference request."}""", "503 X"));
        using var client = new TorchServeClient(server.Address);

        var failure = await Failure.Of(() => client.PredictAsync(null, "m", new byte[1]));

        (failure.Kind, failure.Message).Should().Be((FailureKind.Overloaded, "HTTP 503 Service Unavailable"));
        failure.Detail.Should().Contain("no worker");
    }
}
