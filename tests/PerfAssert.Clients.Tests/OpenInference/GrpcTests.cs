using FluentAssertions;
using Grpc.Core;
using PerfAssert.Clients.OpenInference;
using PerfAssert.Clients.OpenInference.Wire;
using PerfAssert.Clients.Tests.Support;
using Xunit;

namespace PerfAssert.Clients.Tests.OpenInference;

/// <summary>The Open Inference Protocol over gRPC, against a real server.</summary>
public sealed class GrpcTests
{
    private static readonly Tensor[] Typed =
    [
        Tensor.Create("a", [true, false]), Tensor.Create<byte>("b", [0, 255]), Tensor.Create<ushort>("c", [0, 65535]), Tensor.Create("d", [0u, uint.MaxValue]),
        Tensor.Create("e", [0ul, ulong.MaxValue]), Tensor.Create<sbyte>("f", [-128, 127]), Tensor.Create<short>("g", [-32768, 32767]),
        Tensor.Create("h", [int.MinValue, int.MaxValue]), Tensor.Create("i", [long.MinValue, long.MaxValue]), Tensor.Create("j", [1.5f, float.NaN]),
        Tensor.Create("k", [double.MaxValue, 0.1], 2, 1), Tensor.Create("l", ["", "ä€"]),
    ];

    [Theory]
    [InlineData(TensorEncoding.Raw)]
    [InlineData(TensorEncoding.Plain)]
    public async Task Every_type_makes_the_round_trip_in_either_form(TensorEncoding encoding)
    {
        ModelInferRequest? seen = null;
        await using var server = await GrpcServer.StartAsync((request, _) => Task.FromResult(Echo(seen = request)));
        using var client = new OpenInferenceGrpcClient(server.Address, encoding);
        var measured = Requests.New();

        var result = await client.InferAsync(measured, new InferRequest("m", Typed) { Version = "2", Outputs = ["y"] });

        (seen!.ModelName, seen.ModelVersion, seen.Outputs.Single().Name).Should().Be(("m", "2", "y"));
        seen.RawInputContents.Should().HaveCount(encoding == TensorEncoding.Raw ? Typed.Length : 0);
        seen.Inputs.Select(input => input.Datatype).Should().Equal("BOOL", "UINT8", "UINT16", "UINT32", "UINT64", "INT8", "INT16", "INT32", "INT64", "FP32", "FP64", "BYTES");
        result.Model.Should().Be("m");
        for (var i = 0; i < Typed.Length; i++)
        {
            result.Outputs[i].Shape.Should().Equal(Typed[i].Shape);
            result.Outputs[i].Data.ToArray().Should().Equal(Typed[i].Data.ToArray(), Typed[i].Name);
        }

        measured.Marks.BytesSent.Should().Be(seen.CalculateSize());
        measured.Marks.BytesReceived.Should().BePositive();
    }

    [Fact]
    public async Task Answers_larger_than_four_megabytes_are_taken()
    {
        await using var server = await GrpcServer.StartAsync((request, _) => Task.FromResult(Echo(request)));
        using var client = new OpenInferenceGrpcClient(server.Address);

        var result = await client.InferAsync(null, new InferRequest("m", Tensor.Create("x", new float[2_000_000])));

        result["x"].Values<float>().Length.Should().Be(2_000_000);
    }

    [Theory]
    [InlineData(StatusCode.ResourceExhausted, FailureKind.Overloaded, "gRPC ResourceExhausted")]
    [InlineData(StatusCode.Unavailable, FailureKind.Overloaded, "gRPC Unavailable")]
    [InlineData(StatusCode.NotFound, FailureKind.Status, "gRPC NotFound")]
    public async Task Another_status_than_OK_is_named(StatusCode status, FailureKind kind, string message)
    {
        var calls = 0;
        await using var server = await GrpcServer.StartAsync((_, context) =>
        {
            calls++;
            throw new RpcException(new Status(status, "no: " + context.RequestHeaders.GetValue("authorization")));
        });
        using var client = new OpenInferenceGrpcClient(server.Address, options: new ClientOptions { Authorization = "Bearer sk-secret1" });

        var failure = await Failure.Of(() => client.InferAsync(null, new InferRequest("m", Typed)));

        (failure.Kind, failure.Message, failure.Detail).Should().Be((kind, message, "no: ***"));
        calls.Should().Be(1, "nothing is sent twice");
    }

    [Fact]
    public async Task Nobody_listening_is_no_connection()
    {
        using var client = new OpenInferenceGrpcClient(new Uri("http://127.0.0.1:1"));

        var failure = await Failure.Of(() => client.InferAsync(null, new InferRequest("m", Typed)));

        (failure.Kind, failure.Message).Should().Be((FailureKind.NoConnection, "no connection: refused"));
    }

    [Fact]
    public void An_address_with_a_query_is_refused_because_gRPC_has_none()
    {
        var create = () => new OpenInferenceGrpcClient(new Uri("http://127.0.0.1:1?key=k1secret"));

        create.Should().Throw<ArgumentException>().Which.Message.Should().Contain("query").And.NotContain("k1secret");
    }

    [Fact]
    public void An_address_with_a_path_is_refused_because_gRPC_would_leave_it_out()
    {
        var create = () => new OpenInferenceGrpcClient(new Uri("http://127.0.0.1:1/serving/m"));

        create.Should().Throw<ArgumentException>().WithMessage("*no path*");
    }

    [Fact]
    public async Task A_message_that_is_not_what_the_protocol_says_is_malformed()
    {
        await using var server = await GrpcServer.StartAsync((_, _) => Task.FromResult(new ModelInferResponse()));
        using var client = new OpenInferenceGrpcClient(server.Address);

        (await Failure.Of(() => client.InferAsync(null, new InferRequest("m", Typed)))).Kind.Should().Be(FailureKind.Malformed);
    }

    [Fact]
    public async Task A_call_is_cancelled_by_the_token_of_its_request()
    {
        await using var server = await GrpcServer.StartAsync(async (request, context) =>
        {
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
            return Echo(request);
        });
        using var client = new OpenInferenceGrpcClient(server.Address);
        using var source = new CancellationTokenSource(100);
        var measured = Requests.New();
        measured.Reset(0, 1, Variant.Candidate, source.Token);

        var infer = () => client.InferAsync(measured, new InferRequest("m", Typed));

        await infer.Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task A_model_says_whether_it_is_ready()
    {
        await using var server = await GrpcServer.StartAsync((request, _) => Task.FromResult(Echo(request)));
        using var client = new OpenInferenceGrpcClient(server.Address);
        using var nobody = new OpenInferenceGrpcClient(new Uri("http://127.0.0.1:1"));

        (await client.IsReadyAsync("ready")).Should().BeTrue();
        (await client.IsReadyAsync("other")).Should().BeFalse();
        (await nobody.IsReadyAsync("ready")).Should().BeFalse();
    }

    private static ModelInferResponse Echo(ModelInferRequest request)
    {
        var response = new ModelInferResponse { ModelName = request.ModelName };
        foreach (var input in request.Inputs)
        {
            var output = new ModelInferResponse.Types.InferOutputTensor { Name = input.Name, Datatype = input.Datatype, Contents = input.Contents };
            output.Shape.AddRange(input.Shape);
            response.Outputs.Add(output);
        }

        response.RawOutputContents.AddRange(request.RawInputContents);
        return response;
    }
}
