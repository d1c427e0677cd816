using FluentAssertions;
using PerfAssert.Clients.OpenInference;
using PerfAssert.Clients.Tests.Support;
using Xunit;

namespace PerfAssert.Clients.Tests.OpenInference;

/// <summary>The Open Inference Protocol with tensors as JSON.</summary>
public sealed class InferTests
{
    private static readonly Tensor Numbers = Tensor.Create("x", [1.5f, -2f], 1, 2);

    public static TheoryData<Tensor, string> WithoutJsonForm => new()
    {
        { Tensor.Raw("image", TensorType.Bytes, new byte[] { 1, 0, 0, 0, (byte)'a', 2, 0, 0, 0, 0xFF, 0xD8 }, 2), "Tensor 'image' has an element that is no UTF-8, which has no JSON form: send it raw." },
        { Tensor.Create("x", [1f, float.NaN]), "Tensor 'x' has an element NaN, which has no JSON form: send it raw." },
        { Tensor.Create("x", [float.PositiveInfinity]), "Tensor 'x' has an element Infinity, which has no JSON form: send it raw." },
        { Tensor.Create("x", [double.NegativeInfinity]), "Tensor 'x' has an element -Infinity, which has no JSON form: send it raw." },
    };

    [Fact]
    public async Task Tensors_go_out_as_JSON_and_come_back_as_numbers_and_texts()
    {
        await using var server = RawServer.Answering(Support.Http.Json(
            """{"model_name":"m","model_version":"3","outputs":[{"data":[["good","b\u00e4d"]],"name":"label","shape":[1,2],"datatype":"BYTES"},{"name":"score","shape":[2,1],"datatype":"FP64","data":[[0.25],[1e300]]}]}"""));
        using var client = new OpenInferenceClient(server.Address);

        var result = await client.InferAsync(null, new InferRequest("a model", Numbers, Tensor.Create("text", ["ä", "b"])));

        (result.Model, result.Version).Should().Be(("m", "3"));
        result["label"].Texts().Should().Equal("good", "bäd");
        result["score"].Values<double>().ToArray().Should().Equal(0.25, 1e300);
        result["score"].Shape.Should().Equal(2, 1);
        server.Requests.Single().Line.Should().Be("POST /v2/models/a%20model/infer HTTP/1.1");
        server.Requests.Single().Text.Should().Be(
            """{"inputs":[{"name":"x","datatype":"FP32","shape":[1,2],"data":[1.5,-2]},{"name":"text","datatype":"BYTES","shape":[2],"data":["ä","b"]}]}""");
    }

    [Fact]
    public async Task A_version_and_outputs_can_be_asked_for()
    {
        await using var server = RawServer.Answering(Support.Http.Json("""{"outputs":[{"name":"y","shape":[0],"datatype":"INT8","data":[]}]}"""));
        using var client = new OpenInferenceClient(server.Address);

        await client.InferAsync(null, new InferRequest("m") { Version = "2", Outputs = ["y"] });

        server.Requests.Single().Line.Should().Be("POST /v2/models/m/versions/2/infer HTTP/1.1");
        server.Requests.Single().Text.Should().Be("""{"inputs":[],"outputs":[{"name":"y"}]}""");
    }

    [Fact]
    public async Task Every_type_with_a_JSON_form_makes_the_round_trip()
    {
        await using var server = RawServer.Answering(request => Support.Http.Json(
            request.Text.Replace("\"inputs\"", "\"outputs\"", StringComparison.Ordinal)));
        using var client = new OpenInferenceClient(server.Address);
        Tensor[] tensors =
        [
            Tensor.Create("a", [true, false]), Tensor.Create<byte>("b", [0, 255]), Tensor.Create<ushort>("c", [0, 65535]),
            Tensor.Create("d", [0u, uint.MaxValue]), Tensor.Create("e", [0ul, ulong.MaxValue]), Tensor.Create<sbyte>("f", [-128, 127]),
            Tensor.Create<short>("g", [-32768, 32767]), Tensor.Create("h", [int.MinValue, int.MaxValue]), Tensor.Create("i", [long.MinValue, long.MaxValue]),
            Tensor.Create("j", [float.MinValue, float.Epsilon, 20_000_000f]), Tensor.Create("k", [double.MaxValue, 0.1, 1e16]), Tensor.Create("l", ["", "\"\\ä€"]),
        ];

        var result = await client.InferAsync(null, new InferRequest("m", tensors));

        result.Outputs.Should().HaveCount(tensors.Length);
        for (var i = 0; i < tensors.Length; i++)
        {
            result.Outputs[i].Type.Should().Be(tensors[i].Type);
            result.Outputs[i].Data.ToArray().Should().Equal(tensors[i].Data.ToArray(), tensors[i].Type.ToString());
        }
    }

    [Theory]
    [InlineData("""{"error":"inference failed"}""", FailureKind.ErrorInAnswer, "error inside a successful answer")]
    [InlineData("""{"outputs":[]}""", FailureKind.Malformed, "malformed answer: no outputs")]
    [InlineData("""{}""", FailureKind.Malformed, "malformed answer: no outputs")]
    [InlineData("""{"outputs":[{"name":"y","shape":[2],"datatype":"FP32","data":[1]}]}""", FailureKind.Malformed, "malformed answer: not what the Open Inference Protocol says")]
    [InlineData("""{"outputs":[{"name":"y","shape":[1],"datatype":"FP32","data":["1"]}]}""", FailureKind.Malformed, "malformed answer: not what the Open Inference Protocol says")]
    [InlineData("""{"outputs":[{"name":"y","shape":[1],"datatype":"INT8","data":[300]}]}""", FailureKind.Malformed, "malformed answer: not what the Open Inference Protocol says")]
    [InlineData("""{"outputs":[{"name":"y","shape":[-1],"datatype":"FP32","data":[1]}]}""", FailureKind.Malformed, "malformed answer: not what the Open Inference Protocol says")]
    [InlineData("""{"outputs":[{"name":"y","shape":[1],"datatype":"FP31","data":[1]}]}""", FailureKind.Malformed, "malformed answer: not what the Open Inference Protocol says")]
    [InlineData("""{"outputs":[{"name":"y","shape":[1],"datatype":"FP32"}]}""", FailureKind.Malformed, "malformed answer: not what the Open Inference Protocol says")]
    [InlineData("""{"outputs":[7]}""", FailureKind.Malformed, "malformed answer: not what the Open Inference Protocol says")]
    [InlineData("{", FailureKind.Malformed, "malformed answer: not what the Open Inference Protocol says")]
    public async Task Anything_else_is_a_failure(string answer, FailureKind kind, string message)
    {
        await using var server = RawServer.Answering(Support.Http.Json(answer));
        using var client = new OpenInferenceClient(server.Address);

        var failure = await Failure.Of(() => client.InferAsync(null, new InferRequest("m", Numbers)));

        (failure.Kind, failure.Message).Should().Be((kind, message));
    }

    [Fact]
    public async Task A_type_without_a_JSON_form_is_refused_before_anything_is_sent()
    {
        await using var server = RawServer.Answering(Support.Http.Json("{}"));
        using var client = new OpenInferenceClient(server.Address);

        var infer = () => client.InferAsync(null, new InferRequest("m", Tensor.Create("half", [(Half)1])));

        await infer.Should().ThrowAsync<ArgumentException>().WithMessage("*'half' is of FP16*raw*");
        server.Requests.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(WithoutJsonForm))]
    public async Task An_element_without_a_JSON_form_is_refused_before_anything_is_sent(Tensor tensor, string message)
    {
        await using var server = RawServer.Answering(Support.Http.Json("{}"));
        using var client = new OpenInferenceClient(server.Address);

        var infer = () => client.InferAsync(null, new InferRequest("m", tensor));

        await infer.Should().ThrowAsync<ArgumentException>().WithMessage(message);
        server.Requests.Should().BeEmpty();
    }

    [Theory]
    [InlineData("200 OK", true)]
    [InlineData("400 Bad Request", false)]
    [InlineData("503 Service Unavailable", false)]
    public async Task The_status_says_whether_a_model_is_ready(string status, bool ready)
    {
        await using var server = RawServer.Answering(Support.Http.Answer([], "text/plain", status));
        using var client = new OpenInferenceClient(server.Address);

        (await client.IsReadyAsync("m")).Should().Be(ready);
        server.Requests.Single().Line.Should().Be("GET /v2/models/m/ready HTTP/1.1");
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_not_ready()
    {
        using var client = new OpenInferenceClient(new Uri("http://127.0.0.1:1"));

        (await client.IsReadyAsync("m")).Should().BeFalse();
    }
}
