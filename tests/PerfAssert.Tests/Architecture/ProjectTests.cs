using System.Runtime.CompilerServices;
using System.Xml.Linq;
using FluentAssertions;
using Xunit;

namespace PerfAssert.Tests.Architecture;

/// <summary>Every package stands on the core, and none on another, except that containers and payloads use the clients.</summary>
public sealed class ProjectTests
{
    public static TheoryData<string> Packages => [.. Directory.GetDirectories(Source()).Select(folder => Path.GetFileName(folder)!)];

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_references_the_core_alone(string package)
    {
        string[] allowed = package switch
        {
            "PerfAssert" => [],
            "PerfAssert.Containers" or "PerfAssert.Payloads" => ["PerfAssert", "PerfAssert.Clients"],
            _ => ["PerfAssert"],
        };

        var project = XDocument.Load(Path.Combine(Source(), package, package + ".csproj"));

        project.Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value))
            .Should().BeSubsetOf(allowed);
    }

    private static string Source([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../src"));
}
