using System.Text.Json;
using FluentAssertions;
using Xunit;

namespace PerfAssert.Packages.Tests;

[Collection("Packages")]
public sealed class PackedPackageTests(PackedPackages packages, ConsumerProject consumer) : IClassFixture<ConsumerProject>
{
    [Fact]
    public void A_broken_budget_makes_dotnet_test_exit_with_1() =>
        consumer.ExitCode.Should().Be(1, consumer.Output);

    [Fact]
    public void A_budget_that_holds_is_a_passed_test_whose_output_is_the_result()
    {
        var test = consumer.Tests.Should().ContainKey("ConsumerTests.Held", consumer.Output).WhoseValue;

        test.Outcome.Should().Be("Passed", test.Error);
        test.Output.Should().Contain("PASSED").And.Contain("p50 < 500 ms");
    }

    [Fact]
    public void A_broken_budget_is_a_failed_test_whose_message_is_the_result()
    {
        var test = consumer.Tests.Should().ContainKey("ConsumerTests.Broken(milliseconds: 40)", consumer.Output).WhoseValue;

        test.Outcome.Should().Be("Failed");
        test.Error.Should().Contain("FAILED").And.Contain("p50 < 10 ms").And.Contain("Broken");
    }

    [Fact]
    public void The_package_sets_the_runtime_of_the_test_process_and_the_result_says_so() =>
        string.Join(' ', consumer.Tests["ConsumerTests.Held"].Output.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)).Should()
            .Contain("not concurrent").And.Contain("no PGO, no delay").And.Contain("pool threads do not spin, their number does not adapt")
            .And.Contain("generation 0 up to 16 MiB");

    [Theory]
    [InlineData("", "System.Runtime.TieredPGO false,System.GC.Concurrent false,System.GC.Gen0MaxBudget 16777216")]
    [InlineData("<TieredPGO>true</TieredPGO>", "System.Runtime.TieredPGO true,System.GC.Concurrent false,System.GC.Gen0MaxBudget 16777216")]
    [InlineData("<PerfAssertRuntimeOptions>false</PerfAssertRuntimeOptions>", "")]
    [InlineData("", "System.GC.Concurrent true,System.Runtime.TieredPGO false,System.GC.Gen0MaxBudget 16777216", "<RuntimeHostConfigurationOption Include=\"System.GC.Concurrent\" Value=\"true\" />")]
    public async Task What_the_project_says_of_the_runtime_wins_wherever_it_says_so(string property, string expected, string itemOfTheFolder = "")
    {
        var folder = Directory.CreateTempSubdirectory("perfassert-options-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "Directory.Build.props"), $"<Project><ItemGroup>{itemOfTheFolder}</ItemGroup></Project>");
        await File.WriteAllTextAsync(Path.Combine(folder, "P.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <Import Project="{Path.Combine(PackedPackages.Repository, "build", "PerfAssert.props")}" />
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                {property}
              </PropertyGroup>
            </Project>
            """);

        var (code, output) = await UsersMachine.RunAsync("dotnet", folder, "msbuild", "P.csproj", "-getItem:RuntimeHostConfigurationOption");
        Directory.Delete(folder, recursive: true);

        code.Should().Be(0, output);
        var options = JsonDocument.Parse(output).RootElement.GetProperty("Items").GetProperty("RuntimeHostConfigurationOption").EnumerateArray()
            .Select(item => $"{item.GetProperty("Identity").GetString()} {item.GetProperty("Value").GetString()}")
            .Where(option => option.StartsWith("System.Runtime.TieredPGO ", StringComparison.Ordinal) || option.StartsWith("System.GC.", StringComparison.Ordinal));
        options.Should().BeEquivalentTo(expected.Split(',', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("PerfAssert", "PerfAssert.props")]
    [InlineData("PerfAssert.Xunit", "PerfAssert.Xunit.props")]
    [InlineData("PerfAssert.Xunit", "PerfAssert.Xunit.globalconfig")]
    public void What_a_package_sets_reaches_projects_that_have_it_through_another_one(string package, string file) =>
        packages.FilesOf(package).Should().Contain([$"build/{file}", $"buildTransitive/{file}"]);

    [Fact]
    public void The_adapter_takes_the_core_of_its_own_version_alone_because_it_reads_internals_of_it()
    {
        packages.DependenciesOf("PerfAssert.Xunit").Should().Contain("PerfAssert", $"[{packages.Version}]");
        packages.DependenciesOf("PerfAssert.Clients").Should().Contain("PerfAssert", packages.Version);
    }

    [Fact]
    public void The_clients_bring_what_they_need() =>
        consumer.Tests.Should().ContainKey("ConsumerTests.Clients", consumer.Output).WhoseValue.Outcome.Should().Be("Passed", consumer.Output);

    [Fact]
    public void Payloads_bring_their_native_library_and_FluentAssertions_judges_the_result() =>
        consumer.Tests.Should().ContainKey("ConsumerTests.Payloads", consumer.Output).WhoseValue.Outcome.Should().Be("Passed", consumer.Output);

    [Fact]
    public void Every_package_is_packed()
    {
        var projects = Directory.GetFiles(Path.Combine(PackedPackages.Repository, "src"), "*.csproj", SearchOption.AllDirectories);

        Directory.GetFiles(packages.Feed).Select(Path.GetFileName).Should()
            .BeEquivalentTo(projects.Select(project => $"{Path.GetFileNameWithoutExtension(project)}.{packages.Version}.nupkg"));
    }

    [Fact]
    public void A_container_without_Docker_skips_its_tests()
    {
        var test = consumer.Tests.Should().ContainKey("ContainerTests.Skipped", consumer.Output).WhoseValue;

        test.Outcome.Should().Be("NotExecuted", test.Error);
        (test.Error + test.Output).Should().Contain("Docker is missing");
    }

    [Fact]
    public void Run_files_lie_beside_perf_budgets_json() => consumer.RunFiles.Should().HaveCount(3, consumer.Output);
}
