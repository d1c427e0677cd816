using DotNet.Testcontainers.Images;
using PerfAssert.Containers.Starting;

namespace PerfAssert.Containers.TensorFlowServing;

/// <summary>Builds a container of TensorFlow Serving, its metrics switched on.</summary>
public sealed class TensorFlowServingBuilder : ModelServerBuilder<TensorFlowServingBuilder, TensorFlowServingContainer, TensorFlowServingConfiguration>
{
    private const string MonitoringFile = "/etc/perfassert/monitoring.config";
    private const string MetricsPage = "/monitoring/prometheus/metrics";

    private static readonly ServerSettings Defaults = new("TensorFlow Serving", 8501)
    {
        GrpcPort = 8500,
        MetricsPort = 8501,
        MetricsPath = MetricsPage,
        ReadyTimeout = TimeSpan.FromMinutes(2),
        Hints = ["the folder given to WithModel has a folder for each version, named by a whole number, with saved_model.pb in it"],
    };

    /// <param name="image">Such as <c>tensorflow/serving:2.19.1</c> (<c>2.19.1-gpu</c>), better with its digest.</param>
    public TensorFlowServingBuilder(string image)
        : this(new DockerImage(image))
    {
    }

    /// <inheritdoc cref="TensorFlowServingBuilder(string)"/>
    public TensorFlowServingBuilder(IImage image)
        : base(image, new TensorFlowServingConfiguration(new(Defaults)))
    {
    }

    private TensorFlowServingBuilder(TensorFlowServingConfiguration configuration)
        : base(configuration)
    {
    }

    /// <summary>Mounts a model, read only, and names it.</summary>
    /// <param name="name">The name clients ask for.</param>
    /// <param name="path">The model's folder on this machine, with a folder for each version.</param>
    /// <exception cref="ArgumentException">There is nothing at <paramref name="path"/>.</exception>
    public TensorFlowServingBuilder WithModel(string name, string path) =>
        With(settings => settings with { Models = [name] }).WithReadOnly(path, "/models/" + name).WithEnvironment("MODEL_NAME", name);

    /// <inheritdoc />
    protected override TensorFlowServingBuilder Init() =>
        base.Init()
            .WithResourceMapping(System.Text.Encoding.ASCII.GetBytes($"prometheus_config {{ enable: true, path: \"{MetricsPage}\" }}\n"), MonitoringFile)
            .WithCommand("--monitoring_config_file=" + MonitoringFile);

    /// <inheritdoc />
    protected override void Validate()
    {
        base.Validate();
        Require(Settings.Models.Count > 0, "no model is given. WithModel(name, path) mounts one.");
    }

    private protected override TensorFlowServingBuilder New(ModelServerConfiguration values) => new(new TensorFlowServingConfiguration(values));

    private protected override TensorFlowServingContainer Create(TensorFlowServingConfiguration configuration) => new(configuration);
}
