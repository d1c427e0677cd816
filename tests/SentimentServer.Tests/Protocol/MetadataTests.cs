using System.Net;

using FluentAssertions;

using SentimentServer.Tests.Hosting;

using Xunit;

namespace SentimentServer.Tests.Protocol;

public sealed class MetadataTests(SharedServer server) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task The_server_says_who_it_is()
    {
        (await server.Client.GetStringAsync("/v2")).Should()
            .StartWith("""{"name":"SentimentServer","version":""").And.EndWith("""
            "extensions":["binary_tensor_data"]}
            """);
    }

    [Theory]
    [InlineData("/v2/models/sentiment")]
    [InlineData("/v2/models/sentiment/versions/1")]
    public async Task The_model_says_what_it_takes_and_gives(string path)
    {
        (await server.Client.GetStringAsync(path)).Should().Be(
            """{"name":"sentiment","versions":["1"],"platform":"onnxruntime_onnx","""
            + "\"inputs\":[{\"name\":\"text\",\"datatype\":\"BYTES\",\"shape\":[-1]}],"
            + "\"outputs\":[{\"name\":\"label\",\"datatype\":\"BYTES\",\"shape\":[-1]},{\"name\":\"score\",\"datatype\":\"FP32\",\"shape\":[-1]}]}");
    }

    [Theory]
    [InlineData("/v2/models/other")]
    [InlineData("/v2/models/other/ready")]
    [InlineData("/v2/models/sentiment/versions/2")]
    [InlineData("/v2/models/sentiment/versions/2/ready")]
    [InlineData("/v3")]
    public async Task What_is_not_there_is_404_with_an_error(string path)
    {
        using var response = await server.Client.GetAsync(path);

        response.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await response.ReadJsonAsync()).GetProperty("error").GetString().Should().NotBeEmpty();
    }
}
