namespace PerfAssert.Containers.Tests;

/// <summary>The environment variable, set until disposal; those who set it are in the group of <see cref="RequirementVariable"/>.</summary>
internal sealed class ReferenceVariable : IDisposable
{
    private const string Name = "PERFASSERT_REFERENCE_IMAGE";
    private readonly string? before = Environment.GetEnvironmentVariable(Name);

    public ReferenceVariable(string? image) => Environment.SetEnvironmentVariable(Name, image);

    public void Dispose() => Environment.SetEnvironmentVariable(Name, before);
}
