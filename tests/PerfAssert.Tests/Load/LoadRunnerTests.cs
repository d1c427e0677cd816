using System.Collections.Concurrent;
using System.Diagnostics;
using FluentAssertions;
using HdrHistogram;
using PerfAssert.Load;
using PerfAssert.Tests.Support;
using Xunit;

namespace PerfAssert.Tests.Load;

[Collection("Timing")]
public sealed class LoadRunnerTests
{
    [TimingFact]
    public async Task A_fixed_count_sends_exactly_that_many_and_no_more_than_its_users_at_once()
    {
        var (inFlight, most, sent) = (0, 0, 0);
        var measured = await Loads.MeasureAsync(Loads.Plan(new LoadPhase.FixedRequests(100, 7)), async request =>
        {
            Interlocked.Increment(ref sent);
            InterlockedMax(ref most, Interlocked.Increment(ref inFlight));
            await Task.Delay(2, request.CancellationToken);
            Interlocked.Decrement(ref inFlight);
        });

        sent.Should().Be(100);
        most.Should().Be(7);
        measured.Rounds.Single().Succeeded.Should().Be(100);
        measured.OpenLoop.Should().BeFalse();
    }

    [TimingFact]
    public async Task Users_for_a_time_stop_at_its_end_and_their_last_requests_are_waited_for()
    {
        var watch = Stopwatch.StartNew();
        var (started, ended) = (0, 0);
        var measured = await Loads.MeasureAsync(
            Loads.Plan(new LoadPhase.ConstantUsers(3, TimeSpan.FromSeconds(0.5), null)),
            async _ =>
            {
                Interlocked.Increment(ref started);
                await Task.Delay(200);
                Interlocked.Increment(ref ended);
            });

        watch.Elapsed.Should().BeGreaterThan(TimeSpan.FromSeconds(0.55));
        ended.Should().Be(started);
        measured.Rounds.Single().Succeeded.Should().Be(started);
        started.Should().BeInRange(6, 9);
    }

    [TimingFact]
    public async Task A_stall_shows_in_the_latency_of_every_arrival_that_was_due_during_it()
    {
        // The truth: all arrivals of [0.5 s, 1.5 s) are answered at 1.5 s; the others at once.
        var clock = LoadClock.System;
        var start = clock.Now;
        var gate = new TaskCompletionSource();
        var measured = await Loads.MeasureAsync(Loads.Plan(Loads.Rate(200, 3)), async request =>
        {
            if (request.Index >= 100 && request.Index < 300)
            {
                if (request.Index == 299)
                {
                    gate.SetResult();
                }

                await gate.Task;
            }
        });

        var latency = measured.Rounds.Single().Latency;
        latency.TotalCount.Should().Be(600);
        Milliseconds(latency.GetMaxValue()).Should().BeInRange(990, 1100);
        Milliseconds(latency.GetValueAtPercentile(99)).Should().BeInRange(960, 1100);
        Milliseconds(latency.GetValueAtPercentile(75)).Should().BeInRange(200, 350);
        Milliseconds(latency.GetValueAtPercentile(50)).Should().BeLessThan(100);
        clock.Now.Should().BeGreaterThan(start);
    }

    [TimingFact]
    public async Task No_arrival_is_dropped_at_MaxInFlight_and_the_wait_is_latency_but_not_the_generators_lateness()
    {
        var plan = Loads.Plan(Loads.Rate(100, 1)) with { MaxInFlight = 1 };
        var measured = await Loads.MeasureAsync(plan, request => Task.Delay(20, request.CancellationToken));

        var round = measured.Rounds.Single();
        round.Succeeded.Should().Be(100);
        round.QueuedAtMaxInFlight.Should().BeGreaterThan(80);
        Milliseconds(round.Latency.GetMaxValue()).Should().BeGreaterThan(900, "the last arrival waited for 99 answers of 20 ms, 10 ms apart");
        Milliseconds(round.Lateness.GetValueAtPercentile(50)).Should().BeLessThan(20);
        Milliseconds(round.SendLag.GetMaxValue()).Should().BeGreaterThan(900);
    }

    [TimingFact]
    public async Task The_time_of_a_ramp_between_two_measured_phases_is_not_part_of_what_was_measured()
    {
        var plan = Loads.Plan(Loads.Rate(100, 0.5), new LoadPhase.RateRamp(100, 300, TimeSpan.FromSeconds(0.5)), Loads.Rate(300, 0.5));

        var round = (await Loads.MeasureAsync(plan, _ => Task.CompletedTask)).Rounds.Single();

        (round.Requests, round.ScheduledSpan).Should().Be((200, TimeSpan.FromSeconds(1)));
        round.Span.TotalSeconds.Should().BeApproximately(1, 0.02);
        round.CompletionsPerSlice.Sum().Should().Be(200);
        round.CompletionsPerSlice.Should().HaveCountLessThanOrEqualTo(11).And.NotContain(0);
    }

    [TimingFact]
    public async Task The_time_of_a_few_arrivals_reaches_up_to_the_end_of_their_schedule()
    {
        var round = (await Loads.MeasureAsync(Loads.Plan(Loads.Rate(2, 1)), _ => Task.CompletedTask)).Rounds.Single();

        (round.Requests, round.Span).Should().Be((2, TimeSpan.FromSeconds(1)), "two a second, not two in the half second between them");
    }

    [TimingFact]
    public async Task Users_of_two_phases_and_a_ramp_between_them_are_measured_in_the_phases_alone()
    {
        var half = TimeSpan.FromSeconds(0.5);
        var plan = Loads.Plan(new LoadPhase.ConstantUsers(1, half, null), new LoadPhase.UserRamp(1, 3, half), new LoadPhase.ConstantUsers(3, half, null));
        var indices = new ConcurrentBag<long>();

        var round = (await Loads.MeasureAsync(plan, request =>
        {
            indices.Add(request.Index);
            return Task.Delay(20, request.CancellationToken);
        })).Rounds.Single();

        round.Span.TotalSeconds.Should().BeInRange(0.99, 1.2);
        round.Requests.Should().BeLessThan(indices.Count);
        indices.Should().OnlyHaveUniqueItems();
    }

    [TimingFact]
    public Task An_index_comes_once_in_a_run_of_an_open_loop() =>
        AnIndexComesOnce(new LoadPhase.RateRamp(100, 1000, TimeSpan.FromSeconds(0.1)), new LoadPhase.ConstantRate(1000, null, 40));

    [TimingFact]
    public Task An_index_comes_once_in_a_run_of_users() =>
        AnIndexComesOnce(new LoadPhase.UserRamp(1, 2, TimeSpan.FromSeconds(0.1)), new LoadPhase.FixedRequests(40, 2));

    private static async Task AnIndexComesOnce(params LoadPhase[] phases)
    {
        var plan = Loads.Plan(phases) with { WarmUp = new WarmUp(null, 10), Rounds = 2 };
        var indices = new ConcurrentBag<long>();

        await Loads.MeasureAsync(plan, request =>
        {
            indices.Add(request.Index);
            return Task.CompletedTask;
        });

        indices.Order().Should().Equal(Enumerable.Range(0, indices.Count).Select(i => (long)i));
        indices.Count.Should().BeGreaterThan(90);
    }

    [TimingFact]
    public async Task Random_numbers_follow_from_the_index_alone_whatever_the_rounds()
    {
        (await NumbersAsync(requests: 20, rounds: 2)).Should().Equal(await NumbersAsync(requests: 40, rounds: 1));

        static async Task<IEnumerable<int>> NumbersAsync(int requests, int rounds)
        {
            var numbers = new ConcurrentDictionary<long, int>();
            await Loads.MeasureAsync(Loads.Plan(new LoadPhase.FixedRequests(requests, 2)) with { Rounds = rounds }, request =>
            {
                numbers[request.Index] = request.Random.Next(1_000_000);
                return Task.CompletedTask;
            });

            return numbers.OrderBy(number => number.Key).Select(number => number.Value);
        }
    }

    [TimingFact]
    public async Task Garbage_of_the_warm_up_is_collected_before_the_first_measured_request()
    {
        var collections = new ConcurrentDictionary<long, int>();
        var plan = Loads.Plan(new LoadPhase.FixedRequests(5, 1)) with { WarmUp = new WarmUp(null, 5) };

        await Loads.MeasureAsync(plan, request =>
        {
            collections[request.Index] = GC.CollectionCount(2);
            return Task.CompletedTask;
        });

        collections[5].Should().BeGreaterThan(collections[4]);
    }

    [TimingFact]
    public async Task Both_versions_are_sent_the_same_indices_and_each_of_them_once()
    {
        var plan = Loads.Plan(new LoadPhase.FixedRequests(20, 1)) with { Rounds = 3, HasReference = true };
        var sent = new ConcurrentBag<(Variant Variant, long Index)>();

        await Loads.MeasureAsync(plan, request =>
        {
            sent.Add((request.Variant, request.Index));
            return Task.CompletedTask;
        });

        foreach (var variant in new[] { Variant.Candidate, Variant.Reference })
        {
            sent.Where(request => request.Variant == variant).Select(request => request.Index).Order().Should().Equal(Enumerable.Range(0, 60).Select(i => (long)i));
        }
    }

    [TimingFact]
    public async Task Latency_is_lag_plus_service_time_and_failures_are_no_samples()
    {
        var measured = await Loads.MeasureAsync(Loads.Plan(Loads.Rate(100, 1)), request => request.Index % 4 == 0
            ? Task.FromException(new InvalidDataException("wrong answer"))
            : Task.Delay(5, request.CancellationToken));

        var round = measured.Rounds.Single();
        (round.Succeeded, round.Failed, round.TimedOut).Should().Be((75, 25, 0));
        round.Latency.TotalCount.Should().Be(75);
        round.FailedDurations.TotalCount.Should().Be(25);
        round.SendLag.TotalCount.Should().Be(100);
        var error = round.Errors.Should().ContainSingle().Subject;
        error.Kind.Should().Be("System.IO.InvalidDataException");
        error.Message.Should().Be("wrong answer");
        error.Count.Should().Be(25);
        error.Example.Should().Contain("wrong answer");
        round.Trace.Blocks.Single().Select(float.IsNaN).Should().Equal(Enumerable.Range(0, 100).Select(index => index % 4 == 0));
    }

    [TimingFact]
    public async Task A_reason_given_to_Fail_fails_the_request()
    {
        var measured = await Loads.MeasureAsync(Loads.Plan(new LoadPhase.FixedRequests(3, 1)), request =>
        {
            request.Fail("label is wrong");
            return Task.CompletedTask;
        });

        measured.Rounds.Single().Failed.Should().Be(3);
        measured.Rounds.Single().Errors.Single().Should().Match<PerfAssert.Measurements.ErrorGroup>(
            group => group.Kind == "Fail" && group.Message == "label is wrong" && group.Count == 3);
    }

    [TimingFact]
    public async Task A_request_that_observes_its_token_is_timed_out_at_the_timeout()
    {
        var plan = Loads.Plan(new LoadPhase.FixedRequests(4, 2)) with { RequestTimeout = TimeSpan.FromMilliseconds(100) };
        var measured = await Loads.MeasureAsync(plan, request => Task.Delay(Timeout.Infinite, request.CancellationToken));

        var round = measured.Rounds.Single();
        (round.Succeeded, round.Failed, round.TimedOut, round.Abandoned).Should().Be((0, 4, 4, 0));
        Milliseconds(round.FailedDurations.GetMaxValue()).Should().BeApproximately(100, 1);
        round.Errors.Single().Message.Should().Be("no answer within 0.1 s");
    }

    [TimingFact]
    public async Task A_stream_that_hangs_keeps_the_first_token_it_had()
    {
        var plan = Loads.Plan(new LoadPhase.FixedRequests(5, 1)) with { RequestTimeout = TimeSpan.FromMilliseconds(100) };
        var measured = await Loads.MeasureAsync(plan, request =>
        {
            if (request.Index != 4)
            {
                request.MarkToken();
            }

            return request.Index < 2 ? Task.CompletedTask : Task.Delay(Timeout.Infinite, request.CancellationToken);
        });

        var round = measured.Rounds.Single();
        (round.Succeeded, round.TimedOut, round.TimedOutWithoutToken).Should().Be((2, 3, 1));
        round.Series["ttft"].TotalCount.Should().Be(4);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_request_that_ignores_its_token_is_left_behind_and_its_user_goes_on(bool blocking)
    {
        using var never = new ManualResetEventSlim();
        var forever = new TaskCompletionSource();
        var plan = Loads.Plan(new LoadPhase.FixedRequests(3, 1)) with { RequestTimeout = TimeSpan.FromMilliseconds(50) };
        var method = blocking
            ? RequestMethod.From((Action<PerfRequest>)(request => Wait(request.Index == 1 ? never : null)))
            : RequestMethod.From((Func<PerfRequest, Task>)(request => request.Index == 1 ? forever.Task : Task.CompletedTask));

        var measured = await Loads.MeasureAsync(plan, method);

        var round = measured.Rounds.Single();
        (round.Succeeded, round.TimedOut, round.Abandoned).Should().Be((2, 1, 1));
        never.Set();
        forever.SetResult();
    }

    [TimingFact]
    public async Task Blocking_methods_run_at_once_on_threads_of_their_own()
    {
        var threads = new ConcurrentDictionary<int, bool>();
        var measured = await Loads.MeasureAsync(Loads.Plan(Loads.Rate(100, 1)), RequestMethod.From((Action<PerfRequest>)(_ =>
        {
            threads[Environment.CurrentManagedThreadId] = Thread.CurrentThread.IsThreadPoolThread;
            Thread.Sleep(100);
        })));

        var round = measured.Rounds.Single();
        round.Succeeded.Should().Be(100);
        threads.Values.Should().NotContain(true);
        threads.Count.Should().BeGreaterThan(8);
        Milliseconds(round.Latency.GetValueAtPercentile(50)).Should().BeInRange(100, 130);
    }

    [TimingFact]
    public async Task A_cancelled_run_stops_sending_drains_and_says_so()
    {
        using var cancel = new CancellationTokenSource(300);
        var watch = Stopwatch.StartNew();
        var measured = await Loads.MeasureAsync(
            Loads.Plan(Loads.Rate(100, 60)), request => Task.Delay(50, request.CancellationToken), cancel.Token);

        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(5));
        measured.Aborted.Should().Contain("cancelled");
        measured.Rounds.Single().Failed.Should().Be(0, "requests cut off by the cancellation are not the server's failures");
    }

    [TimingFact]
    public async Task Warm_up_requests_are_sent_and_kept_out_of_the_sample()
    {
        var sent = 0;
        var plan = Loads.Plan(new LoadPhase.FixedRequests(20, 2)) with { WarmUp = new WarmUp(null, 10) };
        var measured = await Loads.MeasureAsync(plan, _ =>
        {
            Interlocked.Increment(ref sent);
            return Task.CompletedTask;
        });

        sent.Should().Be(30);
        measured.WarmUpRequests.Should().Be(10);
        measured.Rounds.Single().Requests.Should().Be(20);
    }

    [TimingFact]
    public async Task A_ramp_up_to_a_steady_phase_is_sent_and_kept_out_of_the_sample()
    {
        var sent = 0;
        var measured = await Loads.MeasureAsync(
            Loads.Plan(new LoadPhase.RateRamp(0, 100, TimeSpan.FromSeconds(1)), Loads.Rate(100, 1)),
            _ =>
            {
                Interlocked.Increment(ref sent);
                return Task.CompletedTask;
            });

        sent.Should().Be(150);
        var round = measured.Rounds.Single();
        round.Requests.Should().Be(100);
        round.Scheduled.Should().Be(100);
        round.ScheduledSpan.Should().Be(TimeSpan.FromSeconds(1));
    }

    [TimingFact]
    public async Task Rounds_are_measured_one_after_the_other()
    {
        var measured = await Loads.MeasureAsync(
            Loads.Plan(new LoadPhase.FixedRequests(10, 1)) with { Rounds = 3 }, _ => Task.CompletedTask);

        measured.Rounds.Select(round => (round.Index, round.Succeeded)).Should().Equal((0, 10), (1, 10), (2, 10));
    }

    [TimingFact]
    public async Task Tokens_give_time_to_first_token_gaps_and_counts()
    {
        var measured = await Loads.MeasureAsync(Loads.Plan(new LoadPhase.FixedRequests(5, 1)), async request =>
        {
            await Task.Delay(20);
            request.MarkToken();
            await Task.Delay(10);
            request.MarkTokens(2);
            request.AddTokens(input: 7);
            request.Record("parse", TimeSpan.FromMilliseconds(3));
        });

        var round = measured.Rounds.Single();
        (round.OutputTokens, round.InputTokens).Should().Be((15, 35));
        Milliseconds(round.Series["ttft"].GetValueAtPercentile(50)).Should().BeInRange(19, 60);
        Milliseconds(round.Series["itl"].GetValueAtPercentile(50)).Should().BeInRange(9, 50);
        round.Series["tpot"].TotalCount.Should().Be(5);
        Milliseconds(round.Series["parse"].GetMaxValue()).Should().BeApproximately(3, 0.01);
    }

    [TimingFact]
    public async Task The_same_index_and_seed_give_the_same_random_numbers()
    {
        var first = await Numbers(1);
        (await Numbers(1)).Should().BeEquivalentTo(first);
        (await Numbers(2)).Should().NotBeEquivalentTo(first);

        async Task<ConcurrentDictionary<long, double>> Numbers(int seed)
        {
            var numbers = new ConcurrentDictionary<long, double>();
            await Loads.MeasureAsync(Loads.Plan(new LoadPhase.FixedRequests(50, 5)) with { Seed = seed }, request =>
            {
                numbers[request.Index] = request.Random.NextDouble();
                return Task.CompletedTask;
            });
            return numbers;
        }
    }

    [TimingFact]
    public async Task Ten_thousand_users_share_a_few_recorders()
    {
        var measured = await Loads.MeasureAsync(
            Loads.Plan(new LoadPhase.FixedRequests(30_000, 10_000)), request => Task.Delay(1, request.CancellationToken));

        measured.Rounds.Single().Succeeded.Should().Be(30_000);
    }

    private static double Milliseconds(long nanoseconds) => nanoseconds / 1e6;

    private static void Wait(ManualResetEventSlim? gate) => gate?.Wait();

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }
}
