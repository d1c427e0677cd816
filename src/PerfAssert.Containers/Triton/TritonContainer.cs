namespace PerfAssert.Containers.Triton;

/// <summary>NVIDIA's Triton Inference Server in a container: HTTP, gRPC and metrics.</summary>
public sealed class TritonContainer : OpenInferenceContainer
{
    internal TritonContainer(TritonConfiguration configuration)
        : base(configuration)
    {
    }
}
