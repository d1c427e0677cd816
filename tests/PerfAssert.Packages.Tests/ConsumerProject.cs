using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Reflection;
using System.Xml.Linq;
using Xunit;

namespace PerfAssert.Packages.Tests;

/// <summary>
/// What is shipped, as a user gets it: the packages are packed to a local feed and an empty folder's test project restores, builds
/// and runs them.
/// </summary>
public sealed class ConsumerProject : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly string folder = Directory.CreateTempSubdirectory("perfassert-consumer-").FullName;
    private readonly string version = "0.0.0-test." + DateTime.UtcNow.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture);

    public int ExitCode { get; private set; }

    public string Output { get; private set; } = "";

    /// <summary>Test name → (outcome, error message, output).</summary>
    public IReadOnlyDictionary<string, (string Outcome, string Error, string Output)> Tests { get; private set; } =
        new Dictionary<string, (string, string, string)>();

    public string Version => version;

    private string Feed => Path.Combine(folder, "feed");

    public IReadOnlyList<string> RunFiles =>
        Directory.Exists(Path.Combine(folder, "perf-results")) ? Directory.GetFiles(Path.Combine(folder, "perf-results"), "*.json") : [];

    /// <summary>What a package says it needs: the versions, by package.</summary>
    public IReadOnlyDictionary<string, string> DependenciesOf(string package)
    {
        using var archive = ZipFile.OpenRead(Path.Combine(Feed, $"{package}.{version}.nupkg"));
        using var nuspec = archive.GetEntry($"{package}.nuspec")!.Open();
        return XDocument.Load(nuspec).Descendants().Where(element => element.Name.LocalName == "dependency")
            .ToDictionary(element => element.Attribute("id")!.Value, element => element.Attribute("version")!.Value);
    }

    public async Task InitializeAsync()
    {
        var root = typeof(ConsumerProject).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(data => data.Key == "RepositoryRoot").Value!;
        var feed = Feed;
        foreach (var project in new[] { "PerfAssert", "PerfAssert.Xunit", "PerfAssert.Clients", "PerfAssert.Containers" })
        {
            await Dotnet(root, "pack", Path.Combine("src", project), "-o", feed, $"-p:Version={version}", "-p:BaseOutputPath=" + Path.Combine(folder, "out", project) + Path.DirectorySeparatorChar);
        }

        await Write("nuget.config", $"""
            <configuration>
              <packageSources><add key="local" value="{feed}" /></packageSources>
              <config><add key="globalPackagesFolder" value="{Path.Combine(folder, "packages")}" /></config>
              <fallbackPackageFolders><add key="shared" value="{SharedPackages()}" /></fallbackPackageFolders>
            </configuration>
            """);
        await Write("Directory.Build.props", "<Project />");
        await Write("Directory.Packages.props", "<Project />");
        await Write("Consumer.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="PerfAssert.Xunit" Version="{version}" />
                <PackageReference Include="PerfAssert.Clients" Version="{version}" />
                <PackageReference Include="PerfAssert.Containers" Version="{version}" />
                <PackageReference Include="Microsoft.NET.Test.Sdk" Version="18.11.0" />
                <PackageReference Include="xunit" Version="2.9.3" />
                <PackageReference Include="xunit.runner.visualstudio" Version="4.0.1" />
              </ItemGroup>
            </Project>
            """);
        await Write("perf-budgets.json", """{ "policy": { "confidence": 0.95 } }""");
        await Write("ConsumerTests.cs", """
            using PerfAssert;
            using Xunit;

            public sealed class ConsumerTests
            {
                [PerfFact]
                [Load("100 rps for 1 s", WarmUp = "20 requests")]
                [Budget("p50 < 500 ms", "errors <= 0 %")]
                public async Task Held(PerfRequest request) => await Task.Delay(5, request.CancellationToken);

                [PerfTheory]
                [InlineData(40)]
                [Load("50 requests by 5 users", WarmUp = "5 requests")]
                [Budget("p50 < 10 ms")]
                public Task Broken(PerfRequest request, int milliseconds) => Task.Delay(milliseconds, request.CancellationToken);

                [Fact]
                public async Task Clients()
                {
                    using var http = new PerfAssert.Clients.OpenInference.OpenInferenceClient(new Uri("http://127.0.0.1:1"));
                    using var grpc = new PerfAssert.Clients.OpenInference.OpenInferenceGrpcClient(new Uri("http://127.0.0.1:1"));
                    Assert.False(await http.IsReadyAsync("m"));
                    Assert.False(await grpc.IsReadyAsync("m"));
                }
            }

            public sealed class Server : IAsyncLifetime
            {
                private readonly PerfAssert.Containers.Triton.TritonContainer container =
                    new PerfAssert.Containers.Triton.TritonBuilder("no-such-image:1").WithDockerEndpoint("tcp://127.0.0.1:1").Build();

                public Task InitializeAsync() => container.StartAsync();

                public Task DisposeAsync() => container.DisposeAsync().AsTask();
            }

            public sealed class ContainerTests(Server server) : IClassFixture<Server>
            {
                [PerfFact]
                [Load("5 requests")]
                [Budget("p50 < 500 ms")]
                public Task Skipped() => Task.FromResult(server);
            }
            """);
        (ExitCode, Output) = await Run(folder, "test", "Consumer.csproj", "--logger", "trx;LogFileName=result.trx", "--results-directory", folder);
        var results = Path.Combine(folder, "result.trx");
        if (File.Exists(results))
        {
            Tests = Read(XDocument.Load(results));
        }
    }

    public Task DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return Task.CompletedTask;
    }

    private static Dictionary<string, (string, string, string)> Read(XDocument results)
    {
        XNamespace trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";
        return results.Descendants(trx + "UnitTestResult").ToDictionary(
            result => result.Attribute("testName")!.Value,
            result => (
                result.Attribute("outcome")!.Value,
                result.Descendants(trx + "Message").FirstOrDefault()?.Value ?? "",
                result.Descendants(trx + "StdOut").FirstOrDefault()?.Value ?? ""));
    }

    // Packages restored before need not be fetched again.
    private static string SharedPackages() =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } given
            ? given
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private async Task Write(string name, string text) => await File.WriteAllTextAsync(Path.Combine(folder, name), text);

    private static async Task Dotnet(string workingFolder, params string[] arguments)
    {
        var (code, output) = await Run(workingFolder, arguments);
        if (code != 0)
        {
            throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)} ended with {code}:\n{output}");
        }
    }

    private static async Task<(int Code, string Output)> Run(string workingFolder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = workingFolder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // The consumer is a user's machine: no CI mode, no package folder from outside, no build server left behind.
        start.Environment.Remove("CI");
        start.Environment.Remove("NUGET_PACKAGES");
        start.Environment.Remove("PERFASSERT_REQUIRE");
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Patience);
        return (process.ExitCode, await output + await error);
    }
}
