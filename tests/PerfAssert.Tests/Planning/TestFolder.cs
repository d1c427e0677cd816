namespace PerfAssert.Tests.Planning;

/// <summary>A folder of its own, gone after the test: a root with <c>.git</c> and a test assembly's folder deep inside.</summary>
internal sealed class TestFolder : IDisposable
{
    public TestFolder()
    {
        Directory.CreateDirectory(Start);
        Directory.CreateDirectory(Path.Combine(Root, ".git"));
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("perfassert-").FullName;

    public string Start => Path.Combine(Root, "tests", "Some.Tests", "bin");

    public string File(string name) => Path.Combine(Root, name);

    public TestFolder With(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File(name))!);
        System.IO.File.WriteAllText(File(name), text);
        return this;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
