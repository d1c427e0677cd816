using System.Net;

using FluentAssertions;

using SentimentServer.Tests.Hosting;

using Xunit;

namespace SentimentServer.Tests.Protocol;

public sealed class InferErrorTests(SharedServer server) : IClassFixture<SharedServer>
{
    private const string Infer = "/v2/models/sentiment/infer";

    [Theory]
    [InlineData("""{"inputs":""", "the request is no valid JSON, or a value is of the wrong kind, at $.inputs (line 1, byte 10)")]
    [InlineData("", "the request is no valid JSON*")]
    [InlineData("null", "the request is null, expected an object")]
    [InlineData("""{"id":7}""", "*of the wrong kind, at $.id *")]
    [InlineData("""{}""", "expected exactly one input, 'text'")]
    [InlineData("""{"inputs":[{},{}]}""", "expected exactly one input, 'text'")]
    public async Task A_body_that_is_no_infer_request_is_400(string body, string error) => await ShouldBeBadRequest(body, error);

    [Theory]
    [InlineData("""{"name":"txt"}""", "unexpected input 'txt': the model's input is 'text'")]
    [InlineData("""{"name":"text","datatype":"FP32"}""", "input 'text' has datatype 'FP32', expected BYTES")]
    [InlineData("""{"name":"text","datatype":"BYTES"}""", "input 'text' has shape [], expected [n] or [n,1]*")]
    [InlineData("""{"name":"text","datatype":"BYTES","shape":[0],"data":[]}""", "input 'text' has shape [0], expected*")]
    [InlineData("""{"name":"text","datatype":"BYTES","shape":[1,2],"data":["a","b"]}""", "input 'text' has shape [1,2], expected*")]
    [InlineData("""{"name":"text","datatype":"BYTES","shape":[2],"data":["a"]}""", "*is 2 texts, but its data holds 1")]
    [InlineData("""{"name":"text","datatype":"BYTES","shape":[1]}""", "input 'text' needs data: an array of strings")]
    [InlineData("""{"name":"text","datatype":"BYTES","shape":[1],"data":[1]}""", "*has a Number in its data, expected strings")]
    [InlineData("""{"name":"text","datatype":"BYTES","shape":[1],"data":["\ud800"]}""", "*no valid Unicode")]
    [InlineData("""{"name":"text","datatype":"BYTES","shape":[33],"data":["a"]}""", "batch of 33 is too large: at most 32 texts in a request")]
    public async Task An_input_that_is_not_the_model_s_is_400(string input, string error) =>
        await ShouldBeBadRequest($$"""{"inputs":[{{input}}]}""", error);

    [Theory]
    [InlineData("""{"name":"logits"}""", "unexpected output 'logits': *")]
    [InlineData("""{"name":"score","parameters":{"binary_data":1}}""", "parameter 'binary_data' is a Number, expected true or false")]
    public async Task An_output_that_cannot_be_had_is_400(string output, string error) =>
        await ShouldBeBadRequest(
            $$"""{"inputs":[{"name":"text","datatype":"BYTES","shape":[1],"data":["a"]}],"outputs":[{{output}}]}""", error);

    [Theory]
    [InlineData("/v2/models/other/infer", "unknown model 'other': this server has 'sentiment'")]
    [InlineData("/v2/models/sentiment/versions/2/infer", "model 'sentiment' has no version '2': it has '1'")]
    public async Task An_unknown_model_or_version_is_404(string path, string error)
    {
        using var response = await server.Client.PostJsonAsync(path, "{}");

        response.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await response.ReadJsonAsync()).GetProperty("error").GetString().Should().Be(error);
    }

    [Fact]
    public async Task A_wrong_method_is_405_with_an_error()
    {
        using var response = await server.Client.GetAsync(Infer);

        response.StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
        (await response.ReadJsonAsync()).GetProperty("error").GetString().Should().Be("no such route: GET /v2/models/sentiment/infer");
    }

    [Fact]
    public async Task A_body_above_one_mebibyte_is_413_with_an_error()
    {
        using var response = await server.Client.PostJsonAsync(Infer, new string(' ', 1024 * 1024) + "{}");

        response.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        (await response.ReadJsonAsync()).GetProperty("error").GetString().Should().NotBeEmpty();
    }

    private async Task ShouldBeBadRequest(string body, string error)
    {
        using var response = await server.Client.PostJsonAsync(Infer, body);

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await response.ReadJsonAsync()).GetProperty("error").GetString().Should().Match(error);
    }
}
