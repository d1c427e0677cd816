using System.Text;
using DotNet.Testcontainers.Images;
using PerfAssert.Containers.Starting;

namespace PerfAssert.Containers.TorchServe;

/// <summary>
/// Builds a container of TorchServe, with a configuration of its own: token authorisation off, Prometheus metrics on, open to other
/// machines than itself.
/// </summary>
public sealed class TorchServeBuilder : ModelServerBuilder<TorchServeBuilder, TorchServeContainer, TorchServeConfiguration>
{
    private const string ModelStore = "/home/model-server/model-store";
    private const string ConfigFile = "/home/model-server/perfassert.properties";

    private static readonly ServerSettings Defaults = new("TorchServe", 8080)
    {
        GrpcPort = 7070,
        ManagementPort = 8081,
        MetricsPort = 8082,
        Hints =
        [
            "the store holds NAME.mar for each model named, made with torch-model-archiver",
            "a worker that dies over and over keeps the server unhealthy: its traceback is in the log",
        ],
    };

    /// <param name="image">Such as <c>pytorch/torchserve:0.12.0-cpu</c> (<c>0.12.0-gpu</c>), better with its digest.</param>
    public TorchServeBuilder(string image)
        : this(new DockerImage(image))
    {
    }

    /// <inheritdoc cref="TorchServeBuilder(string)"/>
    public TorchServeBuilder(IImage image)
        : base(image, new TorchServeConfiguration(new(Defaults)))
    {
    }

    private TorchServeBuilder(TorchServeConfiguration configuration)
        : base(configuration)
    {
    }

    /// <summary>Mounts a model store, read only.</summary>
    /// <param name="path">A folder of this machine with <c>.mar</c> files.</param>
    /// <exception cref="ArgumentException">The folder is not there.</exception>
    public TorchServeBuilder WithModelStore(string path) => WithReadOnly(path, ModelStore);

    /// <summary>Loads <c>NAME.mar</c> from the store, and waits until a worker of it is ready.</summary>
    /// <param name="name">The name clients ask for.</param>
    public TorchServeBuilder WithModel(string name) => WithModelName(name);

    /// <inheritdoc />
    // In the foreground and without the image's script, which goes on after the server has died. PyTorch needs more than Docker's 64 MiB.
    protected override TorchServeBuilder Init() =>
        base.Init()
            .WithEntrypoint("torchserve", "--start", "--foreground", "--ncs", "--model-store", ModelStore, "--ts-config", ConfigFile, "--disable-token-auth")
            .WithSharedMemory(1L << 30);

    /// <inheritdoc />
    protected override void Validate()
    {
        base.Validate();
        Require(Settings.Models.Count > 0, "no model is named. WithModelStore(path) mounts the store, WithModel(name) loads one of it.");
    }

    private protected override TorchServeBuilder New(ModelServerConfiguration values) => new(new TorchServeConfiguration(values));

    private protected override TorchServeContainer Create(TorchServeConfiguration configuration) => new(configuration);

    private protected override TorchServeBuilder BeforeBuild() =>
        WithResourceMapping(
            Encoding.ASCII.GetBytes($"""
                inference_address=http://0.0.0.0:8080
                management_address=http://0.0.0.0:8081
                metrics_address=http://0.0.0.0:8082
                grpc_inference_address=0.0.0.0
                grpc_inference_port=7070
                metrics_mode=prometheus
                disable_token_authorization=true
                load_models={string.Join(',', Settings.Models.Select(name => $"{name}={name}.mar"))}

                """),
            ConfigFile);
}
