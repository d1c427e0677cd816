using System.Text;
using FluentAssertions;
using PerfAssert.Clients.OpenInference;
using PerfAssert.Clients.Tests.Support;
using Xunit;

namespace PerfAssert.Clients.Tests.OpenInference;

/// <summary>The binary tensor extension.</summary>
public sealed class BinaryTensorTests
{
    private static readonly Tensor Half = Tensor.Create("h", [(Half)1, (Half)2], 2, 1);
    private static readonly Tensor Text = Tensor.Create("t", ["ab", ""], 2);

    [Fact]
    public async Task Tensors_go_out_after_the_JSON_byte_for_byte()
    {
        await using var server = RawServer.Answering(Answer("""{"outputs":[{"name":"y","shape":[1],"datatype":"INT16","parameters":{"binary_data_size":2}}]}""", [1, 0]));
        using var client = new OpenInferenceClient(server.Address, TensorEncoding.Raw);
        var measured = Requests.New();

        await client.InferAsync(measured, new InferRequest("m", Half, Text));

        const string Json = """{"inputs":[{"name":"h","datatype":"FP16","shape":[2,1],"parameters":{"binary_data_size":4}},{"name":"t","datatype":"BYTES","shape":[2],"parameters":{"binary_data_size":10}}],"parameters":{"binary_data_output":true}}""";
        var request = server.Requests.Single();
        request.Header("Inference-Header-Content-Length").Should().Be($"{Json.Length}");
        request.Header("Content-Type").Should().Be("application/octet-stream");
        request.Body.Should().Equal([.. Encoding.UTF8.GetBytes(Json), 0x00, 0x3C, 0x00, 0x40, 2, 0, 0, 0, (byte)'a', (byte)'b', 0, 0, 0, 0]);
        measured.Marks.BytesSent.Should().Be(request.Body.Length);
    }

    [Fact]
    public async Task Single_outputs_are_asked_for_in_binary_form()
    {
        await using var server = RawServer.Answering(Answer("""{"outputs":[{"name":"y","shape":[1],"datatype":"BOOL","parameters":{"binary_data_size":1}}]}""", [1]));
        using var client = new OpenInferenceClient(server.Address, TensorEncoding.Raw);

        var result = await client.InferAsync(null, new InferRequest("m") { Outputs = ["y"] });

        result["y"].Values<bool>().ToArray().Should().Equal(true);
        server.Requests.Single().Text.Should().Be("""{"inputs":[],"outputs":[{"name":"y","parameters":{"binary_data":true}}]}""");
    }

    [Fact]
    public async Task Raw_and_JSON_outputs_may_come_in_one_answer()
    {
        await using var server = RawServer.Answering(Answer(
            """{"outputs":[{"name":"a","shape":[2],"datatype":"FP32","parameters":{"binary_data_size":8}},{"name":"b","shape":[1],"datatype":"INT64","data":[7]},{"name":"c","shape":[1],"datatype":"BYTES","parameters":{"binary_data_size":6}}]}""",
            [0, 0, 128, 63, 0, 0, 0, 64, 2, 0, 0, 0, (byte)'o', (byte)'k']));
        using var client = new OpenInferenceClient(server.Address, TensorEncoding.Raw);

        var result = await client.InferAsync(null, new InferRequest("m", Half));

        result["a"].Values<float>().ToArray().Should().Equal(1f, 2f);
        result["b"].Values<long>().ToArray().Should().Equal(7);
        result["c"].Texts().Should().Equal("ok");
    }

    [Theory]
    [InlineData("""{"outputs":[{"name":"y","shape":[1],"datatype":"FP32","parameters":{"binary_data_size":4}}]}""", 3)]
    [InlineData("""{"outputs":[{"name":"y","shape":[1],"datatype":"FP32","parameters":{"binary_data_size":4}}]}""", 5)]
    [InlineData("""{"outputs":[{"name":"y","shape":[1],"datatype":"FP64","parameters":{"binary_data_size":4}}]}""", 4)]
    [InlineData("""{"outputs":[{"name":"y","shape":[1],"datatype":"BYTES","parameters":{"binary_data_size":4}}]}""", 4)]
    public async Task Raw_data_that_does_not_fit_its_outputs_is_malformed(string json, int bytes)
    {
        await using var server = RawServer.Answering(Answer(json, [.. Enumerable.Repeat((byte)9, bytes)]));
        using var client = new OpenInferenceClient(server.Address, TensorEncoding.Raw);

        (await Failure.Of(() => client.InferAsync(null, new InferRequest("m", Half)))).Kind.Should().Be(FailureKind.Malformed);
    }

    [Fact]
    public async Task A_large_tensor_arrives_whole()
    {
        var pixels = new float[3 * 224 * 224];
        new Random(1).NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(pixels.AsSpan()));
        await using var server = RawServer.Answering(request => Answer(
            """{"outputs":[{"name":"y","shape":[3,224,224],"datatype":"FP32","parameters":{"binary_data_size":602112}}]}""",
            request.Body[int.Parse(request.Header("Inference-Header-Content-Length")!, System.Globalization.CultureInfo.InvariantCulture)..]));
        using var client = new OpenInferenceClient(server.Address, TensorEncoding.Raw);

        var result = await client.InferAsync(null, new InferRequest("m", Tensor.Create("image", pixels, 3, 224, 224)));

        result["y"].Data.Span.SequenceEqual(System.Runtime.InteropServices.MemoryMarshal.AsBytes(pixels.AsSpan())).Should().BeTrue();
    }

    private static byte[] Answer(string json, byte[] raw) => Support.Http.Answer(
        [.. Encoding.UTF8.GetBytes(json), .. raw],
        "application/octet-stream",
        headers: $"Inference-Header-Content-Length: {Encoding.UTF8.GetByteCount(json)}\r\n");
}
