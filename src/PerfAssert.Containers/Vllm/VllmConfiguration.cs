namespace PerfAssert.Containers.Vllm;

/// <summary>What the container of vLLM is made of.</summary>
public sealed class VllmConfiguration : ModelServerConfiguration
{
    internal VllmConfiguration(ModelServerConfiguration values)
        : base(values)
    {
    }

    /// <summary>The name clients ask for the model by.</summary>
    public string Model => Models[0];
}
