namespace PerfAssert.Containers.TensorFlowServing;

/// <summary>What the container of TensorFlow Serving is made of.</summary>
public sealed class TensorFlowServingConfiguration : ModelServerConfiguration
{
    internal TensorFlowServingConfiguration(ModelServerConfiguration values)
        : base(values)
    {
    }

    /// <summary>The name clients ask for the model by.</summary>
    public string Model => Models[0];
}
