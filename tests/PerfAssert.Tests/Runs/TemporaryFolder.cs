namespace PerfAssert.Tests.Runs;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("perfassert-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
