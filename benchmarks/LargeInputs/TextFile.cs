namespace LargeInputs;

/// <summary>A file of generated lines, gone when disposed of.</summary>
internal sealed class TextFile : IDisposable
{
    private TextFile(string path) => Path = path;

    public string Path { get; }

    public double Megabytes => new FileInfo(Path).Length / 1e6;

    public static TextFile Of(string extension, int lines, Func<int, string> line, string? header = null)
    {
        var path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"large-{Guid.NewGuid():N}{extension}");
        using var writer = new StreamWriter(path);
        if (header is not null)
        {
            writer.WriteLine(header);
        }

        for (var i = 0; i < lines; i++)
        {
            writer.WriteLine(line(i));
        }

        return new TextFile(path);
    }

    public void Dispose() => File.Delete(Path);
}
