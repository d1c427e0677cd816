using FluentAssertions;
using PerfAssert.Clients.TensorFlowServing;
using PerfAssert.Clients.Tests.Support;
using Xunit;

namespace PerfAssert.Clients.Tests.TensorFlowServing;

public sealed class PredictTests
{
    private static readonly Tensor Numbers = Tensor.Create("x", [1f, 2f, 3f, 4f, 5.5f, 6f], 3, 2);
    private static readonly Tensor Texts = Tensor.Create("t", ["a", "ä", "c"]);
    private static readonly Tensor Scalar = Tensor.Create("k", [7], 1);

    public static TheoryData<PredictRequest, string, string> Requests => new()
    {
        { new PredictRequest("m", Numbers), "/v1/models/m:predict", """{"instances":[[1,2],[3,4],[5.5,6]]}""" },
        { new PredictRequest("m", Texts) { Version = 3 }, "/v1/models/m/versions/3:predict", """{"instances":["a","ä","c"]}""" },
        { new PredictRequest("m", Numbers, Texts) { Label = "stable", Signature = "s" }, "/v1/models/m/labels/stable:predict", """{"signature_name":"s","instances":[{"x":[1,2],"t":"a"},{"x":[3,4],"t":"ä"},{"x":[5.5,6],"t":"c"}]}""" },
        { new PredictRequest("m", Numbers) { Columns = true }, "/v1/models/m:predict", """{"inputs":[[1,2],[3,4],[5.5,6]]}""" },
        { new PredictRequest("m", Numbers, Scalar) { Columns = true }, "/v1/models/m:predict", """{"inputs":{"x":[[1,2],[3,4],[5.5,6]],"k":[7]}}""" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Tensors_go_out_by_rows_or_by_columns(PredictRequest predict, string path, string body)
    {
        await using var server = RawServer.Answering(Support.Http.Json("""{"predictions":[2.5,3.0]}"""));
        using var client = new TensorFlowServingClient(server.Address);

        var answer = await client.PredictAsync(null, predict);

        answer.ToJson().GetProperty("predictions")[1].GetDouble().Should().Be(3);
        server.Requests.Single().Line.Should().Be($"POST {path} HTTP/1.1");
        server.Requests.Single().Text.Should().Be(body);
    }

    [Theory]
    [InlineData("""{"error":"Servable not found"}""", "error inside a successful answer")]
    [InlineData("""{"error":null,"x":1}""", "malformed answer: neither predictions nor outputs")]
    [InlineData("[1]", "malformed answer: neither predictions nor outputs")]
    [InlineData("{", "malformed answer: no JSON")]
    public async Task Anything_else_is_a_failure(string answer, string message)
    {
        await using var server = RawServer.Answering(Support.Http.Json(answer));
        using var client = new TensorFlowServingClient(server.Address);

        (await Failure.Of(() => client.PredictAsync(null, new PredictRequest("m", Numbers)))).Message.Should().Be(message);
    }

    [Fact]
    public async Task What_cannot_be_sent_is_refused()
    {
        using var client = new TensorFlowServingClient(new Uri("http://127.0.0.1:1"));

        var ragged = () => client.PredictAsync(null, new PredictRequest("m", Numbers, Scalar));
        var both = () => client.PredictAsync(null, new PredictRequest("m", Numbers) { Version = 1, Label = "x" });

        await ragged.Should().ThrowAsync<ArgumentException>().WithMessage("*Columns = true*");
        await both.Should().ThrowAsync<ArgumentException>().WithMessage("*version or for a label*");
    }
}
