using FluentAssertions;
using PerfAssert.Environments;
using Xunit;

namespace PerfAssert.Tests.Environments;

[Collection("Timing")]
public sealed class IdleCoresTests
{
    private const string Device = "/dev/cpu_dma_latency";

    [Fact]
    public void Cores_are_kept_awake_while_it_is_held_where_that_is_permitted()
    {
        using (var held = IdleCores.KeepAwake())
        {
            (held is not null).Should().Be(IdleCores.CanKeepAwake);
            EnvironmentProbe.Read().CoresAwake.Should().Be(IdleCores.CanKeepAwake);
            if (held is not null)
            {
                LatencyInForce().Should().BeLessThanOrEqualTo(2);
            }
        }

        OwnRequests().Should().Be(0);
    }

    [Fact]
    public async Task A_run_keeps_them_awake_while_it_sends_and_no_longer()
    {
        var seen = 0;
        await PerfTest.Run(
            _ =>
            {
                seen = OwnRequests();
                return Task.CompletedTask;
            },
            "100 requests",
            ["p99 < 60 s"],
            new PerfTestOptions { WarmUp = "0 s" });

        seen.Should().Be(IdleCores.CanKeepAwake ? 1 : 0);
        OwnRequests().Should().Be(0);
    }

    // What the kernel works with: the least of all requests on the machine, in microseconds.
    private static int LatencyInForce()
    {
        using var device = new FileStream(Device, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        var value = new byte[sizeof(int)];
        device.ReadExactly(value);
        return BitConverter.ToInt32(value);
    }

    private static int OwnRequests() => OperatingSystem.IsLinux()
        ? Directory.GetFiles("/proc/self/fd").Count(IsDevice)
        : 0;

    private static bool IsDevice(string descriptor)
    {
        try
        {
            return File.ResolveLinkTarget(descriptor, returnFinalTarget: false)?.FullName == Device;
        }
        catch (FileNotFoundException)
        {
            // Another test closed it since it was listed.
            return false;
        }
    }
}
