namespace PerfAssert.Containers.Tgi;

/// <summary>What the container of Text Generation Inference is made of.</summary>
public sealed class TgiConfiguration : ModelServerConfiguration
{
    internal TgiConfiguration(ModelServerConfiguration values)
        : base(values)
    {
    }

    /// <summary>The name clients ask for the model by.</summary>
    public string Model => Models[0];
}
