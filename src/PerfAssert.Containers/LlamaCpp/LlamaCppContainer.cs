namespace PerfAssert.Containers.LlamaCpp;

/// <summary>llama.cpp's server in a container: the OpenAI-style API and metrics.</summary>
public sealed class LlamaCppContainer : OpenAIContainer
{
    internal LlamaCppContainer(LlamaCppConfiguration configuration)
        : base(configuration)
    {
    }
}
