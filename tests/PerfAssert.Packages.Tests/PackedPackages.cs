using System.Globalization;
using System.IO.Compression;
using System.Reflection;
using System.Xml.Linq;
using Xunit;

namespace PerfAssert.Packages.Tests;

/// <summary>What is shipped: the packages and the tool, packed once to a local feed.</summary>
public sealed class PackedPackages : IAsyncLifetime
{
    private static readonly string[] Projects = ["PerfAssert", "PerfAssert.Xunit", "PerfAssert.Clients", "PerfAssert.Containers", "PerfAssert.Tool"];

    private readonly string folder = Directory.CreateTempSubdirectory("perfassert-packages-").FullName;

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

    public async Task InitializeAsync()
    {
        var root = typeof(PackedPackages).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(data => data.Key == "RepositoryRoot").Value!;
        foreach (var project in Projects)
        {
            // The build of the solution has analysed the same sources.
            await UsersMachine.DotnetAsync(
                root, "pack", Path.Combine("src", project), "-o", Feed, $"-p:Version={Version}", "-p:RunAnalyzers=false",
                "-p:BaseOutputPath=" + Path.Combine(folder, "out", project) + Path.DirectorySeparatorChar);
        }
    }

    public Task DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return Task.CompletedTask;
    }
}
