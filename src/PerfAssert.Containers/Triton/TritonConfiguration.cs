namespace PerfAssert.Containers.Triton;

/// <summary>What the container of Triton is made of.</summary>
public sealed class TritonConfiguration : ModelServerConfiguration
{
    internal TritonConfiguration(ModelServerConfiguration values)
        : base(values)
    {
    }
}
