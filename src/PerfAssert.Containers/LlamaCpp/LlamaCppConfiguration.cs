namespace PerfAssert.Containers.LlamaCpp;

/// <summary>What the container of llama.cpp's server is made of.</summary>
public sealed class LlamaCppConfiguration : ModelServerConfiguration
{
    internal LlamaCppConfiguration(ModelServerConfiguration values)
        : base(values)
    {
    }

    /// <summary>The name clients ask for the model by.</summary>
    public string Model => Models[0];
}
