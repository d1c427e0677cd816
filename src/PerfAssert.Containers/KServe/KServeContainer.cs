namespace PerfAssert.Containers.KServe;

/// <summary>A runtime of the Open Inference Protocol in a container.</summary>
public sealed class KServeContainer : OpenInferenceContainer
{
    internal KServeContainer(KServeConfiguration configuration)
        : base(configuration)
    {
    }
}
