using DotNet.Testcontainers.Images;
using PerfAssert.Containers.Starting;

namespace PerfAssert.Containers.KServe;

/// <summary>
/// Builds a container of a runtime that speaks the Open Inference Protocol: KServe's own (sklearn, XGBoost, Hugging Face …), MLServer,
/// OpenVINO Model Server, or your own.
/// </summary>
public sealed class KServeBuilder : ModelServerBuilder<KServeBuilder, KServeContainer, KServeConfiguration>
{
    private const string ModelFolder = "--model_dir=/mnt/models";

    private static readonly ServerSettings Defaults = new("KServe runtime", 8080)
    {
        GrpcPort = 8081,
        MetricsPort = 8080,
        Hints =
        [
            "the model's name is the one clients ask for, and its files are of the kind the runtime loads",
            "the server listens on the ports of WithPorts, on 0.0.0.0",
        ],
    };

    /// <param name="image">Such as <c>kserve/sklearnserver:v0.16.0</c>, better with its digest.</param>
    public KServeBuilder(string image)
        : this(new DockerImage(image))
    {
    }

    /// <inheritdoc cref="KServeBuilder(string)"/>
    public KServeBuilder(IImage image)
        : base(image, new KServeConfiguration(new(Defaults)))
    {
    }

    private KServeBuilder(KServeConfiguration configuration)
        : base(configuration)
    {
    }

    /// <summary>Mounts a model at <c>/mnt/models</c>, read only, and tells a KServe runtime its name, place and ports.</summary>
    /// <param name="name">The name clients ask for.</param>
    /// <param name="path">The model's folder on this machine.</param>
    /// <exception cref="ArgumentException">There is nothing at <paramref name="path"/>.</exception>
    public KServeBuilder WithModel(string name, string path) =>
        WithModel(name).WithReadOnly(path, "/mnt/models").WithCommand("--model_name=" + name, ModelFolder);

    /// <summary>Names a model that the image has, or that is mounted and named to the runtime by other means; the start waits for it.</summary>
    /// <param name="name">The name clients ask for.</param>
    public KServeBuilder WithModel(string name) => WithModelName(name);

    /// <summary>The ports in the container the runtime listens on, for images that listen elsewhere. Default: 8080, 8081, and metrics on the first.</summary>
    /// <param name="http">For HTTP.</param>
    /// <param name="grpc">For gRPC; null: it speaks none.</param>
    /// <param name="metrics">Of the page <c>/metrics</c>; null: the same as <paramref name="http"/>.</param>
    public KServeBuilder WithPorts(int http, int? grpc, int? metrics = null) =>
        With(settings => settings with { HttpPort = http, GrpcPort = grpc, MetricsPort = metrics ?? http });

    /// <inheritdoc />
    protected override void Validate()
    {
        base.Validate();
        Require(Settings.Models.Count > 0, "no model is named. WithModel(name, path) mounts one, WithModel(name) names one the image has.");
    }

    // Ports may be said after the model; a command that replaces these arguments is left as it is.
    private protected override KServeBuilder BeforeBuild() =>
        DockerResourceConfiguration.Command?.Contains(ModelFolder) == true
            ? WithCommand($"--http_port={Settings.HttpPort}", $"--grpc_port={Settings.GrpcPort ?? 0}")
            : this;

    private protected override KServeBuilder New(ModelServerConfiguration values) => new(new KServeConfiguration(values));

    private protected override KServeContainer Create(KServeConfiguration configuration) => new(configuration);
}
