using FluentAssertions;
using PerfAssert.Environments;
using Xunit;

namespace PerfAssert.Tests.Environments;

public sealed class EnvironmentProbeTests
{
    [Fact]
    public void This_machine_has_a_fingerprint_and_it_is_found_once()
    {
        var fingerprint = EnvironmentProbe.Read();

        fingerprint.Should().BeSameAs(EnvironmentProbe.Read());
        fingerprint.Cpu.Should().NotBeNullOrWhiteSpace().And.NotBe("unknown").And.NotMatchRegex("[0-9] ?[GM]Hz");
        fingerprint.Cores.Should().Be(EnvironmentProbe.Cores(Environment.ProcessorCount, CpuQuota.Read())).And.BePositive();
        fingerprint.MemoryGiB.Should().BePositive();
        fingerprint.Gpu.Should().NotBeNullOrWhiteSpace();
        fingerprint.Runtime.Should().StartWith(".NET ");
    }

    [Theory]
    [InlineData(2, 1.5, 1.5, "1.5 cores")]
    [InlineData(2, 4.0, 2.0, "2 cores")]
    [InlineData(2, null, 2.0, "2 cores")]
    public void A_quota_of_less_than_the_cores_is_what_there_is(int processors, double? quota, double cores, string said)
    {
        var found = EnvironmentProbe.Cores(processors, quota is { } granted ? new CpuQuota(granted, TimeSpan.FromMilliseconds(100), TimeSpan.Zero, 0) : null);

        found.Should().Be(cores);
        (EnvironmentProbe.Read() with { Cores = found }).ToString().Should().Contain($", {said}, ");
    }

    [Fact]
    public void What_PerfAssert_props_sets_is_in_force_in_a_test_process_and_said()
    {
        var fingerprint = EnvironmentProbe.Read();

        fingerprint.Gen0BudgetMiB.Should().Be(16);
        fingerprint.PoolAdapts.Should().BeFalse();
        fingerprint.PoolSpins.Should().BeFalse();
        fingerprint.ConcurrentGc.Should().BeFalse();
        fingerprint.ToString().Should().Contain("not concurrent, generation 0 up to 16 MiB").And.Contain("their number does not adapt");
    }

    [Fact]
    public void Nothing_in_it_names_the_machine_or_a_person()
    {
        var text = EnvironmentProbe.Read().ToString();

        text.Should().NotContain(Environment.MachineName + ",").And.NotContain(Environment.UserName + "@");
        typeof(EnvironmentFingerprint).GetProperties().Select(property => property.Name)
            .Should().NotContain(name => name.Contains("Host", StringComparison.Ordinal) || name.Contains("User", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("processor\t: 0\nmodel name\t: AMD EPYC 7571\ncpu MHz\t\t: 2199.8\n", "AMD EPYC 7571")]
    [InlineData("processor\t: 0\nCPU implementer\t: 0x41\nCPU part\t: 0xd0c\n", "Arm implementer 0x41, part 0xd0c")]
    [InlineData("", null)]
    public void The_processor_is_named_on_Linux(string text, string? model) => CpuProbe.FromCpuInfo(text).Should().Be(model);

    [Theory]
    [InlineData("Intel(R) Xeon(R) Platinum 8259CL CPU @ 2.50GHz", "Intel Xeon Platinum 8259CL CPU")]
    [InlineData("  Intel(R)  Core(TM) i7   3000 MHz ", "Intel Core i7")]
    [InlineData("Apple M3 Pro", "Apple M3 Pro")]
    public void A_processor_has_one_spelling_without_a_frequency(string model, string clean) => CpuProbe.Clean(model).Should().Be(clean);

    [Theory]
    [InlineData("NVIDIA A10G, 550.54.15\n", "NVIDIA A10G", "550.54.15")]
    [InlineData("NVIDIA T4, 535.1\r\nNVIDIA T4, 535.1\r\nNVIDIA A100, 535.1\r\n", "NVIDIA A100, 2 x NVIDIA T4", "535.1")]
    [InlineData("No devices were found", "unknown", "unknown")]
    [InlineData(null, "unknown", "unknown")]
    public void Gpus_are_named_with_their_driver(string? csv, string name, string driver) => GpuProbe.Parse(csv).Should().Be((name, driver));

    [Fact]
    public void A_tool_that_is_not_there_is_not_found() => CommandOutput.Read("perfassert-no-such-tool", "").Found.Should().BeFalse();

    [Fact]
    public void A_tool_that_does_not_end_is_ended()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Action read = () => CommandOutput.Read("sleep", "60", TimeSpan.FromMilliseconds(200)).Text.Should().BeNull();

        read.ExecutionTime().Should().BeLessThan(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void A_driver_that_has_to_be_loaded_first_is_waited_for()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var folder = Directory.CreateTempSubdirectory("perfassert-");
        try
        {
            var tool = Path.Combine(folder.FullName, "nvidia-smi");
            File.WriteAllText(tool, "#!/bin/sh\nsleep 3\necho 'NVIDIA A10G, 550.54.15'\n");
            File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserExecute);

            GpuProbe.Read(tool).Should().Be(("NVIDIA A10G", "550.54.15"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Without_the_drivers_tool_there_is_no_Gpu_and_no_wait()
    {
        Action read = () => GpuProbe.Read("perfassert-no-such-tool").Should().Be((GpuProbe.None, GpuProbe.None));

        read.ExecutionTime().Should().BeLessThan(TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData("NVIDIA A10G", false)]
    [InlineData("none", false)]
    [InlineData("unknown", true)]
    public void A_Gpu_that_is_not_known_is_warned_of(string gpu, bool warned)
    {
        var warnings = EnvironmentWarnings.Of(EnvironmentProbe.Read() with { Gpu = gpu });

        if (warned)
        {
            warnings.Should().ContainSingle().Which.Should().Contain("nvidia-smi").And.Contain("\"when\"").And.Contain("PERFASSERT_ENVIRONMENT");
        }
        else
        {
            warnings.Should().BeEmpty();
        }
    }

    [Theory]
    [InlineData("MemTotal:       24689236 kB\nMemFree: 1 kB\n", 24)]
    [InlineData("MemTotal:       100 kB\n", 1)]
    public void Memory_is_rounded_to_GiB(string text, int expected) => MemoryProbe.ToGiB(MemoryProbe.FromMemInfo(text)!.Value).Should().Be(expected);

    [Fact]
    public void A_memory_limit_is_looked_for_in_every_group_above() =>
        MemoryProbe.LimitFiles("7:cpu,cpuacct:/c\n5:memory:/docker/1\n0::/a/b\n").Should().Equal(
            "/sys/fs/cgroup/memory/docker/1/memory.limit_in_bytes",
            "/sys/fs/cgroup/memory/docker/memory.limit_in_bytes",
            "/sys/fs/cgroup/memory/memory.limit_in_bytes",
            "/sys/fs/cgroup/a/b/memory.max",
            "/sys/fs/cgroup/a/memory.max",
            "/sys/fs/cgroup/memory.max");

    [Theory]
    [InlineData("0::/", false)]
    [InlineData("5:memory:/docker/0123", true)]
    [InlineData("0::/kubepods.slice/kubepods-pod1.slice", true)]
    public void A_container_is_seen_by_its_group(string cgroups, bool container) => ContainerProbe.IsContainerGroup(cgroups).Should().Be(container);

    [Theory]
    [InlineData(null, null, "on")]
    [InlineData("DOTNET_TieredCompilation", null, "off")]
    [InlineData("DOTNET_TieredPGO", null, "on, no PGO")]
    [InlineData("COMPlus_TC_QuickJit", null, "on, no quick JIT")]
    [InlineData("DOTNET_TC_CallCountingDelayMs", null, "on, no delay")]
    [InlineData(null, "System.Runtime.TieredCompilation", "off")]
    [InlineData(null, "System.Runtime.TieredPGO", "on, no PGO")]
    public void Tiered_compilation_is_what_is_in_force(string? zeroVariable, string? falseSetting, string expected) =>
        RuntimeSettings.TieredCompilation(name => name == zeroVariable ? "0" : null, name => name == falseSetting ? "false" : null)
            .Should().Be(expected);
}
