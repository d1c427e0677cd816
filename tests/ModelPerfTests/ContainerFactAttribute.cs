using Xunit;

namespace ModelPerfTests;

/// <summary>An ordinary test that needs containers of these images; skipped where there are none. A [PerfFact] leaves that to its fixture.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ContainerFactAttribute : FactAttribute
{
    public ContainerFactAttribute(params string[] images) => Skip = TestImages.SkipReason(images);
}
