using System.Collections.Concurrent;
using FluentAssertions;
using PerfAssert.Load;
using PerfAssert.Measurements;
using PerfAssert.Tests.Support;
using Xunit;

namespace PerfAssert.Tests.Load;

/// <summary>Both versions in one run.</summary>
[Collection("Timing")]
public sealed class DuetTests
{
    [Fact]
    public async Task Both_versions_of_a_pair_get_the_same_requests_and_each_is_warmed_up_once_before()
    {
        var sent = new ConcurrentQueue<(Variant Variant, long Index, int Payload)>();
        var plan = Loads.Plan(new LoadPhase.FixedRequests(5, 1)) with { Rounds = 3, HasReference = true, WarmUp = new WarmUp(null, 2) };

        var measured = await Loads.MeasureAsync(plan, request =>
        {
            sent.Enqueue((request.Variant, request.Index, request.Random.Next(1_000_000)));
            return Task.CompletedTask;
        });

        measured.WarmUpRequests.Should().Be(4);
        var first = PairOrder.OfBlock(plan, 0).First();
        sent.Take(4).Select(s => s.Variant == first).Should().Equal([false, false, true, true], "the version of the first round is warmed up last");
        measured.Rounds.Select(r => r.Variant).Should().Equal(PairOrder.OfBlock(plan, 0));
        measured.Rounds.Should().OnlyContain(r => r.Succeeded == 5 && r.VariantRead);
        var pairs = sent.Skip(4).Chunk(10).ToList();
        pairs.Should().HaveCount(3);
        pairs.Should().AllSatisfy(p => p.Take(5).Select(Payload).Should().Equal(p.Skip(5).Select(Payload)));
        pairs.Select(p => p[0].Payload).Distinct().Should().HaveCount(3, "pairs are replicates, not copies");

        static (long Index, int Number) Payload((Variant Variant, long Index, int Payload) s) => (s.Index, s.Payload);
    }

    [Fact]
    public async Task Both_versions_of_a_pair_get_the_same_random_arrivals_and_each_pair_others()
    {
        var clock = new VirtualClock();
        var plan = Loads.Plan(Loads.Rate(100, 10)) with { Rounds = 3, HasReference = true, Arrivals = Arrivals.Poisson };
        var runner = new LoadRunner(plan, RequestMethod.From((Func<PerfRequest, ValueTask>)(_ => default)), GoodputRule.None, clock);

        await runner.MeasureAsync(null, CancellationToken.None);

        var waits = new Queue<long>(clock.Waits);
        var rounds = runner.Read().Rounds.Select(round => AfterTheFirst(round.Scheduled)).ToList();
        waits.Should().BeEmpty();
        rounds.Should().HaveCount(6).And.OnlyContain(offsets => offsets.Length > 500);
        var pairs = rounds.Chunk(2).ToList();
        pairs.Should().AllSatisfy(pair => pair[0].Should().Equal(pair[1]));
        pairs.SelectMany(pair => pair[0].Skip(1)).Should().OnlyHaveUniqueItems("pairs are replicates, not copies");

        long[] AfterTheFirst(long count)
        {
            long[] due = [.. Enumerable.Range(0, (int)count).Select(_ => waits.Dequeue())];
            return [.. due.Select(moment => moment - due[0])];
        }
    }

    [Fact]
    public async Task A_method_that_does_not_ask_for_the_version_is_known()
    {
        var plan = Loads.Plan(new LoadPhase.FixedRequests(5, 2)) with { Rounds = 2, HasReference = true };

        var measured = await Loads.MeasureAsync(plan, _ => Task.CompletedTask);

        measured.Rounds.Should().HaveCount(4).And.OnlyContain(r => !r.VariantRead);
    }

    [TimingFact]
    public async Task A_version_that_is_slower_is_red_and_the_same_version_is_not()
    {
        // The absolute budget keeps a busy machine from making the run invalid: it may be late by 5 % of it.
        var slower = () => PerfTest.Run(
            request => Task.Delay(request.Variant == Variant.Candidate ? 50 : 10, request.CancellationToken),
            load: "200 rps for 1 s",
            budgets: ["p50 < reference + 30 %", "p99 < 60 s"]);
        var same = await PerfTest.Run(
            request => Task.Delay(request.Variant == Variant.Candidate ? 10 : 10, request.CancellationToken),
            load: "200 rps for 1 s",
            budgets: ["p50 < reference + 300 %", "p99 < 60 s"]);

        var broken = (await slower.Should().ThrowAsync<PerfBudgetException>()).Which;
        broken.Message.Should().Contain("8 rounds of both versions, extended to 24 to decide").And.MatchRegex(@"FAIL\s+p50 < reference \+ 30 %\s+broken");
        same.Text.Should().MatchRegex(@"ok\s+p50 < reference \+ 300 %\s+met");
    }
}
