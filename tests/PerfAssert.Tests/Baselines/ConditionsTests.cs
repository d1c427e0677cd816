using FluentAssertions;
using PerfAssert.Baselines;
using PerfAssert.Promotion;
using PerfAssert.Tests.Runs;
using Xunit;

namespace PerfAssert.Tests.Baselines;

public sealed class ConditionsTests
{
    [Fact]
    public void A_run_file_has_the_conditions_the_run_was_judged_under()
    {
        var run = PerfAssert.Runs.RunFileBuilder.Build(
            Recorded.Plan, Recorded.Measurement(Recorded.Round(0)), Recorded.Broken, RunFiles.Fingerprint, DateTimeOffset.UnixEpoch, TimeSpan.Zero);

        var judged = new StoredRuns(null, Conditions.Of(RunFiles.Fingerprint, LoadConditions.Of(Recorded.Plan.Load)))
            .Under(
            [
                .. Conditions.Contents("payloads", Recorded.Measurement(Recorded.Round(0)).Payloads.Select(payload => (payload.Name, payload.Sha256))),
                .. Conditions.Images(Recorded.Measurement().Servers.Select(use => (use.Server.Name, use.Server.Image, use.Server.Digest))),
            ]);
        RunConditions.Of(run).Should().Equal(judged.Conditions);
        judged.Conditions.Should().ContainKeys("payloads prompts", "payloads x", "image of Triton");
    }

    [Fact]
    public void A_difference_names_the_field_and_both_values() =>
        Conditions.Differences(Stored.Conditions, Stored.Conditions.SetItem("gpu driver", "560.1"))
            .Should().Equal("gpu driver: 550.54.15 in the baseline, 560.1 here");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_key_that_only_one_side_has_is_a_difference(bool inBaseline)
    {
        var more = Stored.Conditions.Add("payloads", "sha256:1");

        Conditions.Differences(inBaseline ? more : Stored.Conditions, inBaseline ? Stored.Conditions : more).Should().ContainSingle()
            .Which.Should().Be(inBaseline ? "payloads: sha256:1 in the baseline, not recorded here" : "payloads: not recorded in the baseline, sha256:1 here");
    }

    [Theory]
    [InlineData("cpu")]
    [InlineData("cores")]
    [InlineData("memory")]
    [InlineData("gpu")]
    [InlineData("gpu driver")]
    [InlineData("operating system")]
    [InlineData("runtime")]
    [InlineData("load")]
    public void What_must_be_equal_is_there(string key) => Stored.Conditions.Should().ContainKey(key);
}
