using System.Text.Json;
using System.Text.Json.Serialization;
using FluentAssertions;
using PerfAssert.Clients.TensorFlowServing;
using PerfAssert.Clients.Tests.Support;
using Xunit;

namespace PerfAssert.Clients.Tests.TensorFlowServing;

public sealed class PredictTests
{
    private static readonly JsonSerializerOptions NamedNumbers = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };
    private static readonly Tensor Numbers = Tensor.Create("x", [1f, 2f, 3f, 4f, 5.5f, 6f], 3, 2);
    private static readonly Tensor Texts = Tensor.Create("t", ["a", "ä", "c"]);
    private static readonly Tensor Scalar = Tensor.Create("k", [7], 1);
    private static readonly Tensor Bytes = Tensor.Raw("b", TensorType.Bytes, new byte[] { 1, 0, 0, 0, (byte)'a', 2, 0, 0, 0, 0xFF, 0xFE }, 2);

    public static TheoryData<PredictRequest, string, string> Requests => new()
    {
        { new PredictRequest("m", Numbers), "/v1/models/m:predict", """{"instances":[[1,2],[3,4],[5.5,6]]}""" },
        { new PredictRequest("m", Texts) { Version = 3 }, "/v1/models/m/versions/3:predict", """{"instances":["a","ä","c"]}""" },
        { new PredictRequest("m", Numbers, Texts) { Label = "stable", Signature = "s" }, "/v1/models/m/labels/stable:predict", """{"signature_name":"s","instances":[{"x":[1,2],"t":"a"},{"x":[3,4],"t":"ä"},{"x":[5.5,6],"t":"c"}]}""" },
        { new PredictRequest("m", Numbers) { Columns = true }, "/v1/models/m:predict", """{"inputs":[[1,2],[3,4],[5.5,6]]}""" },
        { new PredictRequest("m", Numbers, Scalar) { Columns = true }, "/v1/models/m:predict", """{"inputs":{"x":[[1,2],[3,4],[5.5,6]],"k":[7]}}""" },
        { new PredictRequest("m", Bytes), "/v1/models/m:predict", """{"instances":["a",{"b64":"//4="}]}""" },
        { new PredictRequest("m", Bytes) { Columns = true }, "/v1/models/m:predict", """{"inputs":["a",{"b64":"//4="}]}""" },
        { new PredictRequest("m", Tensor.Create("x", [16_777_215f, 16_777_216f, -20_000_000f, 123_456_792f, 0.5f])), "/v1/models/m:predict", """{"instances":[16777215,16777216.0,-20000000.0,123456790.0,0.5]}""" },
        { new PredictRequest("m", Tensor.Create("x", [20_000_000d, 9_007_199_254_740_992d, 1e16, 1e17])), "/v1/models/m:predict", """{"instances":[20000000,9007199254740992.0,10000000000000000.0,1E+17]}""" },
        { new PredictRequest("m", Tensor.Create("x", [float.NaN, float.PositiveInfinity])), "/v1/models/m:predict", """{"instances":[NaN,Infinity]}""" },
        { new PredictRequest("m", Tensor.Create("x", [1, double.NegativeInfinity], 1, 2)), "/v1/models/m:predict", """{"instances":[[1,-Infinity]]}""" },
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
    [InlineData("""{"predictions":[1NaN]}""", "malformed answer: no JSON")]
    [InlineData("""{"predictions":[nan]}""", "malformed answer: no JSON")]
    [InlineData("""{"predictions":[-NaN]}""", "malformed answer: no JSON")]
    [InlineData("""{"predictions":["NaN""", "malformed answer: no JSON")]
    [InlineData("""{"predictions":["NaN\""", "malformed answer: no JSON")]
    public async Task Anything_else_is_a_failure(string answer, string message)
    {
        await using var server = RawServer.Answering(Support.Http.Json(answer));
        using var client = new TensorFlowServingClient(server.Address);

        (await Failure.Of(() => client.PredictAsync(null, new PredictRequest("m", Numbers)))).Message.Should().Be(message);
    }

    [Fact]
    public async Task Numbers_of_an_answer_need_not_be_finite()
    {
        const string Body = """{"predictions":[NaN,[-Infinity,Infinity,-1],"\"NaN\\"]}""";
        await using var server = RawServer.Answering(Support.Http.Json(Body));
        using var client = new TensorFlowServingClient(server.Address);

        var answer = await client.PredictAsync(null, new PredictRequest("m", Numbers));

        answer.Text.Should().Be(Body);
        var predictions = answer.ToJson().GetProperty("predictions");
        predictions[0].GetString().Should().Be("NaN");
        predictions[1].Deserialize<float[]>(NamedNumbers)
            .Should().Equal(float.NegativeInfinity, float.PositiveInfinity, -1);
        predictions[2].GetString().Should().Be("\"NaN\\");
    }

    [Fact]
    public async Task What_cannot_be_sent_is_refused()
    {
        using var client = new TensorFlowServingClient(new Uri("http://127.0.0.1:1"));

        var ragged = () => client.PredictAsync(null, new PredictRequest("m", Numbers, Scalar));
        var half = () => client.PredictAsync(null, new PredictRequest("m", Tensor.Create("x", [(Half)1])));
        var both = () => client.PredictAsync(null, new PredictRequest("m", Numbers) { Version = 1, Label = "x" });

        await ragged.Should().ThrowAsync<ArgumentException>().WithMessage("*Columns = true*");
        await half.Should().ThrowAsync<ArgumentException>().WithMessage("*no JSON form: TensorFlow Serving takes FP32*");
        await both.Should().ThrowAsync<ArgumentException>().WithMessage("*version or for a label*");
    }
}
