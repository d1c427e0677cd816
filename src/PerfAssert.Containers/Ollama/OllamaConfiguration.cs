namespace PerfAssert.Containers.Ollama;

/// <summary>What the container of Ollama is made of.</summary>
public sealed class OllamaConfiguration : ModelServerConfiguration
{
    internal OllamaConfiguration(ModelServerConfiguration values)
        : base(values)
    {
    }

    /// <summary>The name clients ask for the model by.</summary>
    public string Model => Models[0];
}
