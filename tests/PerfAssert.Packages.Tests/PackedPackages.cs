using System.Globalization;
using System.IO.Compression;
using System.Reflection;
using System.Xml.Linq;
using Xunit;

namespace PerfAssert.Packages.Tests;

/// <summary>What is shipped: the packages and the tool, packed once to a local feed.</summary>
public sealed class PackedPackages : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("perfassert-packages-").FullName;

    /// <summary>The root of the repository.</summary>
    public static string Repository { get; } =
        typeof(PackedPackages).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(data => data.Key == "RepositoryRoot").Value!;

    public string Version { get; } = "0.0.0-test." + DateTime.UtcNow.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture);

    public string Feed => Path.Combine(folder, "feed");

    /// <summary>What a package says it needs: the versions, by package.</summary>
    public IReadOnlyDictionary<string, string> DependenciesOf(string package)
    {
        using var archive = ZipFile.OpenRead(Path.Combine(Feed, $"{package}.{Version}.nupkg"));
        using var nuspec = archive.GetEntry($"{package}.nuspec")!.Open();
        return XDocument.Load(nuspec).Descendants().Where(element => element.Name.LocalName == "dependency")
            .ToDictionary(element => element.Attribute("id")!.Value, element => element.Attribute("version")!.Value);
    }

    /// <summary>What a package holds.</summary>
    public IReadOnlyList<string> FilesOf(string package)
    {
        using var archive = ZipFile.OpenRead(Path.Combine(Feed, $"{package}.{Version}.nupkg"));
        return [.. archive.Entries.Select(entry => entry.FullName)];
    }

    // The build of the solution has analysed the same sources. The clone's own output is left alone.
    public Task InitializeAsync() => UsersMachine.DotnetAsync(
        Repository, "pack", Path.Combine("build", "packages.slnf"), "-o", Feed, $"-p:Version={Version}", "-p:RunAnalyzers=false",
        "--artifacts-path", Path.Combine(folder, "artifacts"));

    public Task DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return Task.CompletedTask;
    }
}
