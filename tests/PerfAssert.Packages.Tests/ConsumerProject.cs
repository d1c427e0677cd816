using System.Xml.Linq;
using Xunit;

namespace PerfAssert.Packages.Tests;

/// <summary>The packages as a user gets them: an empty folder's test project restores, builds and runs them.</summary>
public sealed class ConsumerProject(PackedPackages packages) : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("perfassert-consumer-").FullName;

    public int ExitCode { get; private set; }

    public string Output { get; private set; } = "";

    /// <summary>Test name → (outcome, error message, output).</summary>
    public IReadOnlyDictionary<string, (string Outcome, string Error, string Output)> Tests { get; private set; } =
        new Dictionary<string, (string, string, string)>();

    public IReadOnlyList<string> RunFiles =>
        Directory.Exists(Path.Combine(folder, "perf-results")) ? Directory.GetFiles(Path.Combine(folder, "perf-results"), "*.json") : [];

    public async Task InitializeAsync()
    {
        var version = packages.Version;
        await Write("nuget.config", $"""
            <configuration>
              <packageSources><add key="local" value="{packages.Feed}" /></packageSources>
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
                <PackageReference Include="PerfAssert.FluentAssertions" Version="{version}" />
                <PackageReference Include="PerfAssert.Payloads" Version="{version}" />
                <PackageReference Include="Microsoft.NET.Test.Sdk" Version="18.11.0" />
                <PackageReference Include="xunit" Version="2.9.3" />
                <PackageReference Include="xunit.runner.visualstudio" Version="4.0.1" />
              </ItemGroup>
            </Project>
            """);
        await Write("perf-budgets.json", """{ "policy": { "confidence": 0.95 } }""");
        await Write("ConsumerTests.cs", """
            using PerfAssert;
            using PerfAssert.Payloads;
            using PerfAssert.Payloads.Images;
            using Xunit;

            [assembly: CollectionBehavior(DisableTestParallelization = true)]

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

                [Fact]
                public async Task Payloads()
                {
                    var photos = ImagePool.Jpeg(32, 32, count: 2);
                    var result = await PerfTest.Run(
                        request => photos.Next(request).Length > 0 ? Task.CompletedTask : Task.FromException(new InvalidDataException("no photo")),
                        "10 requests",
                        ["p50 < 10 s"]);
                    result.Should().Meet("errors <= 0 %");
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
        (ExitCode, Output) = await UsersMachine.RunAsync("dotnet", folder, "test", "Consumer.csproj", "--logger", "trx;LogFileName=result.trx", "--results-directory", folder);
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
}
