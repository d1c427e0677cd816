using FluentAssertions;
using PerfAssert.Environments;
using PerfAssert.Tests.Planning;
using Xunit;

namespace PerfAssert.Tests.Environments;

public sealed class CpuQuotaTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_container_of_version_2_tells_its_quota()
    {
        folder.With("proc/self/cgroup", "0::/\n").With("sys/fs/cgroup/cpu.max", "150000 100000\n")
            .With("sys/fs/cgroup/cpu.stat", "usage_usec 5\nnr_periods 40\nnr_throttled 30\nthrottled_usec 2500000\n");

        CpuQuota.Read(folder.Root).Should().Be(new CpuQuota(1.5, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(2.5), 30));
    }

    [Fact]
    public void A_container_of_version_1_tells_its_quota()
    {
        // The path is the host's; here its folder is the root.
        folder.With("proc/self/cgroup", "5:memory:/docker/1\n4:cpu,cpuacct:/docker/1\n0::/\n")
            .With("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "50000\n").With("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n")
            .With("sys/fs/cgroup/cpu/cpu.stat", "nr_periods 40\nnr_throttled 3\nthrottled_time 70000000\n");

        CpuQuota.Read(folder.Root).Should().Be(new CpuQuota(0.5, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(70), 3));
    }

    [Fact]
    public void The_smallest_quota_above_the_process_counts()
    {
        folder.With("proc/self/cgroup", "0::/pod/app\n").With("sys/fs/cgroup/pod/app/cpu.max", "max 100000\n")
            .With("sys/fs/cgroup/pod/cpu.max", "200000 100000\n").With("sys/fs/cgroup/cpu.max", "400000 100000\n");

        CpuQuota.Read(folder.Root).Should().Be(new CpuQuota(2, TimeSpan.FromMilliseconds(100), TimeSpan.Zero, 0));
    }

    [Theory]
    [InlineData("0::/\n", "max 100000\n", "-1\n")]
    [InlineData("4:cpu:/\n", "50000 100000\n", "-1\n")]
    [InlineData("0::/\n", "what\n", "-1\n")]
    public void Without_a_quota_there_is_none(string groups, string version2, string version1)
    {
        folder.With("proc/self/cgroup", groups).With("sys/fs/cgroup/cpu.max", version2)
            .With("sys/fs/cgroup/cpu/cpu.cfs_quota_us", version1).With("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n");

        CpuQuota.Read(folder.Root).Should().BeNull();
    }

    [Fact]
    public void Without_control_groups_there_is_none() => CpuQuota.Read(folder.Root).Should().BeNull();

    [Theory]
    [InlineData(60, 2, 60)]
    [InlineData(1_600, 2, 200)]
    public void Several_cores_that_were_stopped_at_once_were_stopped_for_a_period_at_most(int throttled, int periods, int stopped)
    {
        var before = new CpuQuota(1.5, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(9), 100);
        var after = before with { Throttled = before.Throttled + TimeSpan.FromMilliseconds(throttled), ThrottledPeriods = 100 + periods };

        after.StoppedSince(before).Should().Be(TimeSpan.FromMilliseconds(stopped));
    }
}
