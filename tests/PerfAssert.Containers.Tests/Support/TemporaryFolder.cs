namespace PerfAssert.Containers.Tests.Support;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("perfassert-containers-").FullName;

    public string Make(string name) => Directory.CreateDirectory(System.IO.Path.Combine(Path, name)).FullName;

    public string File(string name)
    {
        var file = System.IO.Path.Combine(Path, name);
        System.IO.File.WriteAllText(file, "");
        return file;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
