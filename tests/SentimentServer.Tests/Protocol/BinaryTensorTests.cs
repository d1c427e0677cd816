using System.Net;
using System.Text;

using FluentAssertions;

using PerfAssert.Clients;
using PerfAssert.Clients.OpenInference;

using SentimentServer.Tests.Hosting;

using Xunit;

namespace SentimentServer.Tests.Protocol;

/// <summary>The binary tensor extension over HTTP: bytes behind the JSON, in either direction.</summary>
public sealed class BinaryTensorTests(SharedServer server) : IClassFixture<SharedServer>
{
    private const string Infer = "/v2/models/sentiment/infer";
    private const string JsonLength = "Inference-Header-Content-Length";

    // One element, "lovely".
    private static readonly byte[] s_lovely = [6, 0, 0, 0, .. "lovely"u8];

    [Fact]
    public async Task The_client_gets_the_same_answers_in_either_form()
    {
        using var plain = new OpenInferenceClient(server.Client.BaseAddress!);
        using var raw = new OpenInferenceClient(server.Client.BaseAddress!, TensorEncoding.Raw);
        var request = new InferRequest("sentiment", Tensor.Create("text", ["What a wonderful, friendly place!", "A terrible waste of money.", "¿Qué? 日本語 😀", ""]));

        var asJson = await plain.InferAsync(null, request);
        var asBytes = await raw.InferAsync(null, request);
        var score = await raw.InferAsync(null, request with { Outputs = ["score"], Version = "1" });

        asBytes["label"].Texts().Should().StartWith(["positive", "negative"]).And.Equal(asJson["label"].Texts());
        asBytes["score"].Values<float>().ToArray().Should().Equal(asJson["score"].Values<float>().ToArray());
        asBytes.Outputs.Should().HaveCount(2).And.OnlyContain(output => output.Shape.SequenceEqual(new long[] { 4 }));
        score.Outputs.Should().ContainSingle().Which.Data.ToArray().Should().Equal(asBytes["score"].Data.ToArray());
    }

    [Fact]
    public async Task The_bytes_of_an_answer_stand_behind_its_JSON()
    {
        using var response = await PostAsync(
            """{"id":"7","inputs":[{"name":"text","datatype":"BYTES","shape":[1],"parameters":{"binary_data_size":10}}],"outputs":[{"name":"score"},{"name":"label","parameters":{"binary_data":true}}]}""",
            s_lovely);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.Should().Be("application/octet-stream");
        var body = await response.Content.ReadAsByteArrayAsync();
        var length = int.Parse(response.Headers.GetValues(JsonLength).Single(), System.Globalization.CultureInfo.InvariantCulture);
        Encoding.UTF8.GetString(body, 0, length).Should()
            .StartWith("""{"model_name":"sentiment","model_version":"1","id":"7","outputs":[{"name":"score","datatype":"FP32","shape":[1],"data":[0.""")
            .And.EndWith("""{"name":"label","datatype":"BYTES","shape":[1],"parameters":{"binary_data_size":12}}]}""");
        body[length..].Should().Equal([8, 0, 0, 0, .. "positive"u8]);
    }

    [Theory]
    [InlineData("""{"binary_data_output":true}""", """[{"name":"label"}]""", true)]
    [InlineData("""{"binary_data_output":true}""", """[{"name":"label","parameters":{"binary_data":false}}]""", false)]
    [InlineData("""{}""", """[{"name":"label","parameters":{"binary_data":true}}]""", true)]
    [InlineData("""{}""", """[]""", false)]
    public async Task What_an_output_says_wins_over_what_the_request_says(string parameters, string outputs, bool isRaw)
    {
        using var response = await server.Client.PostJsonAsync(
            Infer, $$"""{"parameters":{{parameters}},"inputs":[{"name":"text","datatype":"BYTES","shape":[1],"data":["a"]}],"outputs":{{outputs}}}""");

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Headers.Contains(JsonLength).Should().Be(isRaw);
    }

    [Theory]
    [InlineData("x", "\"parameters\":{\"binary_data_size\":10}", "Inference-Header-Content-Length is 'x', expected the length of the JSON in a body of*")]
    [InlineData("9999", "\"parameters\":{\"binary_data_size\":10}", "Inference-Header-Content-Length is '9999', expected*")]
    [InlineData(null, "\"parameters\":{\"binary_data_size\":9}", "input 'text' has the binary_data_size 9, but 10 bytes stand behind the JSON")]
    [InlineData(null, "\"parameters\":{\"binary_data_size\":\"10\"}", "input 'text' has the binary_data_size 10, but*")]
    [InlineData(null, "\"parameters\":{\"binary_data_size\":10},\"data\":[\"a\"]", "input 'text' has both data and binary_data_size")]
    [InlineData(null, "\"data\":[\"a\"]", "10 bytes stand behind the JSON, but input 'text' has no parameter 'binary_data_size'")]
    public async Task Bytes_that_do_not_fit_the_JSON_are_400(string? length, string member, string error)
    {
        using var response = await PostAsync($$"""{"inputs":[{"name":"text","datatype":"BYTES","shape":[1],{{member}}}]}""", s_lovely, length);

        await ShouldBeBadRequest(response, error);
    }

    [Theory]
    [InlineData(new byte[] { 9, 0, 0, 0, 65 }, "input 'text' has raw contents that end inside an element")]
    [InlineData(new byte[] { 1, 0, 0, 0, 0xFF }, "input 'text' has a string that is no valid Unicode")]
    [InlineData(new byte[] { 0, 0, 0, 0, 0, 0, 0, 0 }, "input 'text' has shape [1], which is 1 texts, but its data holds 2")]
    public async Task Bytes_that_are_no_texts_are_400(byte[] raw, string error)
    {
        using var response = await PostAsync(
            $$$"""{"inputs":[{"name":"text","datatype":"BYTES","shape":[1],"parameters":{"binary_data_size":{{{raw.Length}}}}}]}""", raw);

        await ShouldBeBadRequest(response, error);
    }

    private async Task<HttpResponseMessage> PostAsync(string json, byte[] raw, string? length = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Infer) { Content = new ByteArrayContent([.. Encoding.UTF8.GetBytes(json), .. raw]) };
        request.Headers.Add(JsonLength, length ?? $"{Encoding.UTF8.GetByteCount(json)}");
        return await server.Client.SendAsync(request);
    }

    private static async Task ShouldBeBadRequest(HttpResponseMessage response, string error)
    {
        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await response.ReadJsonAsync()).GetProperty("error").GetString().Should().Match(error);
    }
}
