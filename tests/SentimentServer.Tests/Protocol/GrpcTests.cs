using FluentAssertions;

using Google.Protobuf;

using Grpc.Core;

using PerfAssert.Clients;
using PerfAssert.Clients.OpenInference;
using PerfAssert.Clients.OpenInference.Wire;

using SentimentServer.Tests.Hosting;

using Xunit;

namespace SentimentServer.Tests.Protocol;

public sealed class GrpcTests(GrpcServer server) : IClassFixture<GrpcServer>
{
    private static readonly string[] s_texts = ["What a wonderful, friendly place!", "A terrible waste of money.", "¿Qué? 日本語 😀", ""];

    [Theory]
    [InlineData(TensorEncoding.Raw)]
    [InlineData(TensorEncoding.Plain)]
    public async Task The_answers_are_those_of_HTTP(TensorEncoding encoding)
    {
        using var http = new OpenInferenceClient(server.Process.Client.BaseAddress!);
        using var grpc = server.Client(encoding);
        var request = new InferRequest("sentiment", Tensor.Create("text", s_texts));

        var overHttp = await http.InferAsync(null, request);
        var overGrpc = await grpc.InferAsync(null, request);

        overGrpc.Model.Should().Be("sentiment");
        overGrpc["label"].Texts().Should().StartWith(["positive", "negative"]).And.Equal(overHttp["label"].Texts());
        overGrpc["score"].Values<float>().ToArray().Should().Equal(overHttp["score"].Values<float>().ToArray());
        overGrpc.Outputs.Should().HaveCount(2).And.OnlyContain(output => output.Shape.SequenceEqual(new long[] { 4 }));
    }

    [Fact]
    public async Task One_output_in_the_form_of_the_request_and_its_id_come_back()
    {
        var response = await server.Generated.ModelInferAsync(Request(text =>
        {
            text.Id = "7";
            text.ModelVersion = "1";
            text.Outputs.Add(new ModelInferRequest.Types.InferRequestedOutputTensor { Name = "label" });
        }));

        (response.Id, response.ModelName, response.ModelVersion).Should().Be(("7", "sentiment", "1"));
        response.RawOutputContents.Should().BeEmpty();
        response.Outputs.Should().ContainSingle().Which.Contents.BytesContents.Should().Equal(ByteString.CopyFromUtf8("positive"));
    }

    [Fact]
    public async Task The_server_and_the_model_say_what_they_are()
    {
        var client = server.Generated;

        (await client.ServerLiveAsync(new ServerLiveRequest())).Live.Should().BeTrue();
        (await client.ServerReadyAsync(new ServerReadyRequest())).Ready.Should().BeTrue();
        (await client.ModelReadyAsync(new ModelReadyRequest { Name = "sentiment", Version = "1" })).Ready.Should().BeTrue();
        (await client.ServerMetadataAsync(new ServerMetadataRequest())).Name.Should().Be("SentimentServer");
        JsonFormatter.Default.Format(await client.ModelMetadataAsync(new ModelMetadataRequest { Name = "sentiment" })).Should().Be(
            "{ \"name\": \"sentiment\", \"versions\": [ \"1\" ], \"platform\": \"onnxruntime_onnx\", "
            + "\"inputs\": [ { \"name\": \"text\", \"datatype\": \"BYTES\", \"shape\": [ \"-1\" ] } ], "
            + "\"outputs\": [ { \"name\": \"label\", \"datatype\": \"BYTES\", \"shape\": [ \"-1\" ] }, "
            + "{ \"name\": \"score\", \"datatype\": \"FP32\", \"shape\": [ \"-1\" ] } ] }");
    }

    [Theory]
    [InlineData("other", "", "unknown model 'other': this server has 'sentiment'")]
    [InlineData("sentiment", "2", "model 'sentiment' has no version '2': it has '1'")]
    public async Task An_unknown_model_or_version_is_NOT_FOUND(string model, string version, string error)
    {
        await ShouldFail(StatusCode.NotFound, error, client => client.ModelReadyAsync(new ModelReadyRequest { Name = model, Version = version }));
        await ShouldFail(StatusCode.NotFound, error, client => client.ModelMetadataAsync(new ModelMetadataRequest { Name = model, Version = version }));
        await ShouldFail(StatusCode.NotFound, error, client => client.ModelInferAsync(Request(infer =>
        {
            infer.ModelName = model;
            infer.ModelVersion = version;
        })));
    }

    [Theory]
    [InlineData("no input", "expected exactly one input, 'text'")]
    [InlineData("name", "unexpected input 'txt': the model's input is 'text'")]
    [InlineData("datatype", "input 'text' has datatype 'FP32', expected BYTES")]
    [InlineData("shape", "input 'text' has shape [2], which is 2 texts, but its data holds 1")]
    [InlineData("batch", "batch of 33 is too large: at most 32 texts in a request")]
    [InlineData("no data", "*but its data holds 0")]
    [InlineData("no Unicode", "input 'text' has a string that is no valid Unicode")]
    [InlineData("cut", "input 'text' has raw contents that end inside an element")]
    [InlineData("raw twice", "raw_input_contents has 2 entries for 1 input")]
    [InlineData("output", "unexpected output 'logits': the model's outputs are 'label' and 'score'")]
    public async Task A_request_that_is_not_the_model_s_is_INVALID_ARGUMENT(string mistake, string error)
    {
        var request = Request(infer =>
        {
            var input = infer.Inputs[0];
            switch (mistake)
            {
                case "no input": infer.Inputs.Clear(); break;
                case "name": input.Name = "txt"; break;
                case "datatype": input.Datatype = "FP32"; break;
                case "shape": input.Shape[0] = 2; break;
                case "batch": input.Shape[0] = 33; break;
                case "no data": input.Contents = null; break;
                case "no Unicode": input.Contents.BytesContents[0] = ByteString.CopyFrom(0xFF); break;
                case "cut": infer.RawInputContents.Add(ByteString.CopyFrom(9, 0, 0, 0, 65)); break;
                case "raw twice": infer.RawInputContents.Add([ByteString.Empty, ByteString.Empty]); break;
                case "output": infer.Outputs.Add(new ModelInferRequest.Types.InferRequestedOutputTensor { Name = "logits" }); break;
                default: throw new ArgumentOutOfRangeException(nameof(mistake), mistake, "unknown mistake");
            }
        });

        await ShouldFail(StatusCode.InvalidArgument, error, client => client.ModelInferAsync(request));
    }

    [Fact]
    public async Task A_message_above_one_mebibyte_is_RESOURCE_EXHAUSTED()
    {
        var request = Request(infer => infer.Inputs[0].Contents.BytesContents[0] = ByteString.CopyFromUtf8(new string(' ', 1024 * 1024)));

        await ShouldFail(StatusCode.ResourceExhausted, "*size*", client => client.ModelInferAsync(request));
    }

    [Fact]
    public async Task The_faults_hit_gRPC_as_well()
    {
        await using var faulty = await ServerProcess.StartAsync("--grpc-port", "0", "--failure-rate", "1", "--metrics-port", "0");
        using var client = new OpenInferenceGrpcClient(faulty.GrpcAddress!);

        var infer = () => client.InferAsync(null, new InferRequest("sentiment", Tensor.Create("text", s_texts)));

        (await infer.Should().ThrowAsync<RequestFailedException>()).Which.Should().Match<RequestFailedException>(failure =>
            failure.Message == "gRPC Internal" && failure.Detail == "injected failure (--failure-rate)");
        (await faulty.Client.GetStringAsync(new Uri(faulty.MetricsAddress!, "/metrics"))).Should().Contain(
            "nv_inference_request_failure{model=\"sentiment\",version=\"1\",reason=\"BACKEND\"} 1");
    }

    [Fact]
    public async Task A_model_that_is_not_ready_is_said_to_be_so_and_UNAVAILABLE()
    {
        // The port is announced with readiness only: it has to be a known one.
        var port = FreePort();
        await using var early = await ServerProcess.StartUnreadyAsync("--grpc-port", port, "--ready-after", "3600 s");
        using var client = new OpenInferenceGrpcClient(new Uri("http://127.0.0.1:" + port));

        (await client.IsReadyAsync("sentiment")).Should().BeFalse();
        var infer = () => client.InferAsync(null, new InferRequest("sentiment", Tensor.Create("text", s_texts)));
        (await infer.Should().ThrowAsync<RequestFailedException>()).Which.Message.Should().Be("gRPC Unavailable");
    }

    private static string FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private static ModelInferRequest Request(Action<ModelInferRequest> change)
    {
        var request = new ModelInferRequest { ModelName = "sentiment" };
        request.Inputs.Add(new ModelInferRequest.Types.InferInputTensor
        {
            Name = "text",
            Datatype = "BYTES",
            Shape = { 1 },
            Contents = new InferTensorContents { BytesContents = { ByteString.CopyFromUtf8(s_texts[0]) } },
        });
        change(request);
        return request;
    }

    private async Task ShouldFail<T>(
        StatusCode status, string error, Func<GRPCInferenceService.GRPCInferenceServiceClient, AsyncUnaryCall<T>> call)
    {
        var failure = (await FluentActions.Awaiting(async () => await call(server.Generated)).Should().ThrowAsync<RpcException>()).Which;
        failure.StatusCode.Should().Be(status);
        failure.Status.Detail.Should().Match(error);
    }
}
