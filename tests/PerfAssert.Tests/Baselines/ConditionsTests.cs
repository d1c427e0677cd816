using FluentAssertions;
using PerfAssert.Baselines;
using PerfAssert.Load;
using PerfAssert.Measurements;
using PerfAssert.Promotion;
using PerfAssert.Runs;
using PerfAssert.Tests.Runs;
using Xunit;

namespace PerfAssert.Tests.Baselines;

public sealed class ConditionsTests
{
    [Fact]
    public void A_run_file_has_the_conditions_the_run_was_judged_under()
    {
        var run = RunFileBuilder.Build(
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

    [Theory]
    [InlineData("prompts, max_token: 512", "acme/signature:3", "prompts, max_token: 512", "acme/signature:3")]
    [InlineData("https://u:pw@host/a?sig=s3", "https://u:pw@host/a?sig=s3", "https://***@host/a?sig=***", "https://***@host/a?sig=***")]
    public void Names_that_sound_secret_are_the_same_in_the_file_and_in_the_run_that_is_judged(string payload, string image, string payloadInFile, string imageInFile)
    {
        var measurement = Recorded.Measurement(Recorded.Round(0)) with
        {
            Payloads = [new PayloadSet(payload, new string('0', 64), 1)],
            Servers = [new ServerUse(Variant.Candidate, new MeasuredServer("api_key: 1", image))],
        };

        var written = RunConditions.Of(RunFileBuilder.Build(Recorded.Plan, measurement, Recorded.Broken, RunFiles.Fingerprint, DateTimeOffset.UnixEpoch, TimeSpan.Zero));

        var judged = new StoredRuns(null, Conditions.Of(RunFiles.Fingerprint, LoadConditions.Of(Recorded.Plan.Load))).Under(
        [
            .. Conditions.Contents("payloads", measurement.Payloads.Select(set => (set.Name, set.Sha256))),
            .. Conditions.Images(measurement.Servers.Select(use => (use.Server.Name, use.Server.Image, use.Server.Digest))),
        ]);
        written.Should().Equal(judged.Conditions);
        written.Should().ContainKey("payloads " + payloadInFile).And.Contain("image of api_key: 1", imageInFile);
    }

    [Fact]
    public void Lengths_of_time_survive_the_file_to_the_tick()
    {
        // 1,200.0004 ms, the default warm-up of a trace: the nearest number below it would be a tick short.
        var load = Recorded.Plan.Load with { WarmUp = new WarmUp(TimeSpan.FromTicks(12_000_004), null), RequestTimeout = TimeSpan.FromTicks(12_000_004) };
        var round = Recorded.Round(0) with { Span = TimeSpan.FromTicks(12_000_004), ScheduledSpan = TimeSpan.FromTicks(12_000_004), SliceLength = TimeSpan.FromTicks(12_000_004) };

        var run = RunFileBuilder.Build(Recorded.Plan with { Load = load }, Recorded.Measurement(round), Recorded.Broken, RunFiles.Fingerprint, DateTimeOffset.UnixEpoch, TimeSpan.Zero);

        (RunConditions.LoadOf(run).WarmUp.Duration, RunConditions.LoadOf(run).RequestTimeout).Should().Be((load.WarmUp.Duration, load.RequestTimeout));
        RunConditions.Of(run).Should().Contain("warm-up", "1200.0004 ms").And.Contain("request timeout", "1200.0004 ms");
        var restored = RoundBuilder.Restore(run.Rounds[0]);
        (restored.Span, restored.ScheduledSpan, restored.SliceLength).Should().Be((round.Span, round.ScheduledSpan, round.SliceLength));
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
    [InlineData(1.5, "1.5")]
    [InlineData(2, "2")]
    public void A_part_of_a_core_is_a_part_of_the_condition(double cores, string condition) =>
        Conditions.Of(RunFiles.Fingerprint with { Cores = cores }, LoadConditions.Of(Recorded.Plan.Load)).Should().Contain("cores", condition);

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
