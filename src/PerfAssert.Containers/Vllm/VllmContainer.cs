namespace PerfAssert.Containers.Vllm;

/// <summary>vLLM in a container: the OpenAI-style API and metrics.</summary>
public sealed class VllmContainer : OpenAIContainer
{
    internal VllmContainer(VllmConfiguration configuration)
        : base(configuration)
    {
    }
}
