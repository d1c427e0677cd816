using System.Diagnostics;
using FluentAssertions;
using PerfAssert.Baselines;
using PerfAssert.Runs;
using PerfAssert.Tests.Runs;
using Xunit;

namespace PerfAssert.Tool.Tests;

/// <summary>With a <c>dotnet</c> whose <c>test</c> leaves the run files that it is given, so that it takes no minutes.</summary>
public sealed class CalibrateCommandTests : IDisposable
{
    private const string Test = "Tests.Endpoint";

    private readonly PerfGate perfgate = new();

    public CalibrateCommandTests() => perfgate.Variables["TMPDIR"] = perfgate.Folder;

    public void Dispose() => perfgate.Dispose();

    [Fact]
    public async Task Runs_under_other_conditions_are_left_out_and_named()
    {
        for (var run = 1; run <= 4; run++)
        {
            perfgate.Write(Session(run), $"runs/{run}");
            perfgate.Write(Session(run, 2) with { StartedAt = RunFiles.Passing.StartedAt.AddYears(-1).AddDays(run), Fingerprint = RunFiles.Fingerprint with { Runtime = ".NET 9.0.1" } }, $"runs/{run}");
        }

        var (code, output) = await Calibrate(4);

        code.Should().Be(0, output);
        output.Should().Contain($"left out: {Test}, ci: 4 of 8 runs").And.Contain("runtime: .NET 9.0.1 instead of .NET 10.0.0");
        var noise = NoiseStore.Find(new BaselineStore(perfgate.Baselines), "ci", Test)!;
        noise.Conditions["runtime"].Should().Be(".NET 10.0.0");
        noise.Metrics["p50"].Should().Match<MetricNoise>(metric => metric.Runs == 4 && metric.RunDeviation < 0.05);
    }

    [Fact]
    public async Task A_repeat_that_left_no_run_file_is_told_and_the_exit_code_is_4()
    {
        perfgate.Write(Session(1), "runs/1");
        perfgate.Write(Session(2), "runs/2");
        perfgate.Write(Session(4), "runs/4");

        var (code, output) = await Calibrate(4, "test -d runs/$n || echo 'error CS1002: ; expected, api_key=hunter22'");

        code.Should().Be(4, output);
        output.Should().Contain("Run 3 left no run file").And.Contain("error CS1002").And.NotContain("hunter22").And.Contain("run 3 left 0 of 1 run files");
        NoiseStore.Find(new BaselineStore(perfgate.Baselines), "ci", Test)!.Metrics["p50"].Runs.Should().Be(3);
    }

    [Fact]
    public async Task A_repeat_that_left_fewer_run_files_is_told_and_the_exit_code_is_4()
    {
        for (var run = 1; run <= 4; run++)
        {
            perfgate.Write(Session(run), $"runs/{run}");
            if (run != 2)
            {
                perfgate.Write(Session(run) with { TestName = "Tests.Other" }, $"runs/{run}");
            }
        }

        (await Calibrate(4)).Should().Match<(int Code, string Output)>(result => result.Code == 4 && result.Output.Contains("run 2 left 1 of 2 run files"));
    }

    [Fact]
    public async Task Baselines_that_cannot_be_written_are_told_before_the_first_run()
    {
        perfgate.Write(Session(1), "runs/1");
        await File.WriteAllTextAsync(perfgate.Baselines, "");

        var (code, output) = await Calibrate(3);

        code.Should().Be(2);
        output.Should().Contain("perf-baselines").And.NotContain("run 1 of").And.NotContain("   at ");
        File.Exists(Path.Combine(perfgate.Folder, "count")).Should().BeFalse("no test was run");
    }

    [Fact]
    public async Task What_was_measured_is_left_when_it_cannot_be_kept()
    {
        for (var run = 1; run <= 3; run++)
        {
            perfgate.Write(Session(run), $"runs/{run}");
        }

        var (code, output) = await Calibrate(3, "test $n -lt 3 || touch perf-baselines");

        code.Should().Be(2);
        var left = Directory.GetDirectories(perfgate.Folder, "perfgate-calibrate-*").Should().ContainSingle().Subject;
        Directory.GetFiles(left).Should().HaveCount(3);
        output.Should().Contain($"are left in '{left}'").And.NotContain("   at ");
    }

    [Fact]
    public async Task Secrets_in_arguments_are_not_printed()
    {
        var (_, output) = await Calibrate(3, "", "-e", "OPENAI_API_KEY=sk-abcdef123456", "-e", "PASSWORD=open sesame", "--api-key", "hunter22", "--filter", "Category=Performance");

        output.Should().Contain("dotnet test suite -e OPENAI_API_KEY=*** -e PASSWORD=*** --api-key *** --filter Category=Performance")
            .And.NotContain("abcdef").And.NotContain("sesame").And.NotContain("hunter22");
    }

    [Fact]
    public async Task Without_dotnet_it_says_so_and_ends_with_2()
    {
        perfgate.Variables["DOTNET_HOST_PATH"] = "/no/such/dotnet";

        var (code, output) = await perfgate.Run("calibrate", "suite", "--runs", "3");

        code.Should().Be(2);
        output.Should().Contain("'/no/such/dotnet' cannot be started").And.Contain("PATH").And.NotContain("   at ");
        Directory.GetDirectories(perfgate.Folder, "perfgate-calibrate-*").Should().BeEmpty();
    }

    [Fact]
    public async Task A_folder_that_cannot_be_deleted_hides_nothing()
    {
        var (code, output) = await Calibrate(3, "rm -rf \"$PERFASSERT_RESULTS\"");

        code.Should().Be(2);
        output.Should().Contain("nothing was measured").And.NotContain("   at ");
    }

    [Fact]
    public async Task The_noise_is_kept_beside_the_budgets_of_the_project()
    {
        for (var run = 1; run <= 3; run++)
        {
            perfgate.Write(Session(run), $"runs/{run}");
        }

        var project = Directory.CreateDirectory(Path.Combine(perfgate.Folder, "suite")).FullName;
        await File.WriteAllTextAsync(Path.Combine(project, "perf-budgets.json"), "{}");

        (await Calibrate(3)).Code.Should().Be(0);
        NoiseStore.Find(new BaselineStore(Path.Combine(project, "perf-baselines")), "ci", Test).Should().NotBeNull();
        Directory.Exists(perfgate.Baselines).Should().BeFalse();
    }

    [Fact]
    public async Task A_project_that_is_empty_is_told() =>
        (await perfgate.Run("calibrate", "")).Should().Match<(int Code, string Output)>(result => result.Code == 2 && result.Output.StartsWith("PROJECT is empty"));

    private static RunFile Session(int run, double factor = 1) => Sessions.Of(factor, run);

    private async Task<(int Code, string Output)> Calibrate(int runs, string further = "", params string[] arguments)
    {
        var dotnet = Path.Combine(perfgate.Folder, "dotnet");
        await File.WriteAllTextAsync(dotnet, $"""
            #!/bin/sh
            n=$(($(cat count 2> /dev/null || echo 0) + 1))
            echo $n > count
            cp runs/$n/*.json "$PERFASSERT_RESULTS" 2> /dev/null
            {further}
            """);
        using (var chmod = Process.Start("chmod", ["+x", dotnet]))
        {
            await chmod.WaitForExitAsync();
        }

        perfgate.Variables["DOTNET_HOST_PATH"] = dotnet;
        return await perfgate.Run(["calibrate", "suite", "--runs", runs.ToString(System.Globalization.CultureInfo.InvariantCulture), "--", .. arguments]);
    }
}
