using FluentAssertions;
using PerfAssert.Load;
using PerfAssert.Measurements;
using PerfAssert.Tests.Support;
using Xunit;

namespace PerfAssert.Tests.Measurements;

public sealed class MeasuredServerTests
{
    private static readonly MeasuredServer Candidate = new("Triton", "triton:2");
    private static readonly MeasuredServer Reference = new("Triton", "triton:1");

    [Fact]
    public async Task Servers_are_seen_once_by_version_in_the_order_of_their_first_request()
    {
        var plan = Loads.Plan(new LoadPhase.FixedRequests(50, 8)) with { Rounds = 3, HasReference = true };

        var measured = await Loads.MeasureAsync(plan, async request =>
        {
            await Task.Yield();
            request.UseServer(request.Variant == Variant.Candidate ? Candidate : Reference);
        });

        measured.Servers.OrderBy(use => use.Variant).Should().Equal(new ServerUse(Variant.Candidate, Candidate), new ServerUse(Variant.Reference, Reference));
        measured.Servers[0].Variant.Should().Be(measured.Rounds[0].Variant);
    }

    [Fact]
    public void Naming_a_server_allocates_nothing_and_asks_for_no_version()
    {
        var log = new ServerLog();
        var request = new PerfRequest(LoadClock.System, null, log);
        request.UseServer(Candidate);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100_000; i++)
        {
            request.UseServer(Candidate);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(10_000);
        log.Uses.Should().ContainSingle();
        request.VariantRead.Should().BeFalse("a client that names its server has not chosen it");
    }

    [Theory]
    [InlineData("", "triton:1")]
    [InlineData("Triton", " ")]
    public void A_server_has_a_name_and_an_image(string name, string image) =>
        FluentActions.Invoking(() => new MeasuredServer(name, image)).Should().Throw<ArgumentException>();
}
