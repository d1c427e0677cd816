using Xunit;

namespace PerfAssert.Containers.Tests;

/// <summary>The environment variable, set for the time of a call; those who set it do not run in parallel with others.</summary>
[CollectionDefinition(nameof(RequirementVariable), DisableParallelization = true)]
public sealed class RequirementVariable : ICollectionFixture<RequirementVariable>
{
    private readonly string? before = Environment.GetEnvironmentVariable(Requirements.Variable);

    public async Task<T> Set<T>(string value, Func<Task<T>> call)
    {
        Environment.SetEnvironmentVariable(Requirements.Variable, value);
        try
        {
            return await call();
        }
        finally
        {
            Environment.SetEnvironmentVariable(Requirements.Variable, before);
        }
    }
}
