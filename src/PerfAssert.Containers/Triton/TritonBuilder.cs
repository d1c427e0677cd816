using DotNet.Testcontainers.Images;
using PerfAssert.Containers.Starting;

namespace PerfAssert.Containers.Triton;

/// <summary>Builds a container of NVIDIA's Triton Inference Server. It runs on a CPU too.</summary>
public sealed class TritonBuilder : ModelServerBuilder<TritonBuilder, TritonContainer, TritonConfiguration>
{
    private static readonly ServerSettings Defaults = new("Triton", 8000)
    {
        GrpcPort = 8001,
        MetricsPort = 8002,
        Hints =
        [
            "the repository is /models/MODEL/VERSION/model.onnx (or .plan, .pt, .py): a whole number for the version, and a config.pbtxt where the backend wants one",
            "the image has the model's backend; the model's GPU kind is there (WithGpus) or its config says KIND_CPU",
        ],
    };

    /// <param name="image">Such as <c>nvcr.io/nvidia/tritonserver:26.07-py3</c>, better with its digest.</param>
    public TritonBuilder(string image)
        : this(new DockerImage(image))
    {
    }

    /// <inheritdoc cref="TritonBuilder(string)"/>
    public TritonBuilder(IImage image)
        : base(image, new TritonConfiguration(new(Defaults)))
    {
    }

    private TritonBuilder(TritonConfiguration configuration)
        : base(configuration)
    {
    }

    /// <summary>
    /// Mounts a model repository at <c>/models</c>, read only. Without <see cref="WithModel"/> the server loads every model in it, and the
    /// container is ready when all of them are.
    /// </summary>
    /// <param name="path">A folder of this machine with a folder for each model.</param>
    /// <exception cref="ArgumentException">The folder is not there.</exception>
    public TritonBuilder WithModelRepository(string path) => WithReadOnly(path, "/models");

    /// <summary>Loads this model and no other than those named (<c>--model-control-mode=explicit</c>), and waits for it.</summary>
    /// <param name="name">Its name in the repository.</param>
    public TritonBuilder WithModel(string name) =>
        WithModelName(name).WithCommand("--model-control-mode=explicit", "--load-model=" + name);

    /// <inheritdoc />
    // The Python backend does not start with Docker's 64 MiB.
    protected override TritonBuilder Init() =>
        base.Init().WithCommand("tritonserver", "--model-repository=/models").WithSharedMemory(1L << 30);

    private protected override TritonBuilder New(ModelServerConfiguration values) => new(new TritonConfiguration(values));

    private protected override TritonContainer Create(TritonConfiguration configuration) => new(configuration);
}
