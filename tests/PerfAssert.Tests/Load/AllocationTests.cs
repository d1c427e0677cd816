using System.Collections.Concurrent;
using System.Reflection;
using System.Threading.Tasks.Sources;
using FluentAssertions;
using PerfAssert.Load;
using PerfAssert.Tests.Support;
using Xunit;

namespace PerfAssert.Tests.Load;

/// <summary>The engine makes no object of its own for a request, however the request is started and ended.</summary>
[Collection("Timing")]
public sealed class AllocationTests
{
    private const int Requests = 10_000;
    private const decimal Rate = 20_000;

    // The smallest object has 24 and a request's place in the trace 4. The rest is for histograms: they grow with the longest latency, and
    // that of the longer run is longer.
    private const int Bytes = 20;

#if DEBUG
    // A debug build makes an object of an async method's state machine: the engine has one such method, for values that nobody takes.
    private const int StateMachine = 72;
#else
    private const int StateMachine = 0;
#endif

    [TimingFact]
    public Task A_closed_loop_whose_method_answers_at_once() => NeedsNoMemoryAsync(RequestMethod.From(_ => default(ValueTask)), Closed);

    [TimingFact]
    public Task A_closed_loop_whose_method_awaits() => NeedsNoMemoryAsync(RequestMethod.From(AwaitAsync), Closed);

    [TimingFact]
    public Task A_closed_loop_whose_method_returns_a_value() => NeedsNoMemoryAsync(Bound(nameof(AwaitValueAsync)), Closed, Bytes + StateMachine);

    [TimingFact]
    public Task A_closed_loop_whose_method_blocks() => NeedsNoMemoryAsync(Bound(nameof(Block)), Closed);

    [TimingFact]
    public Task An_open_loop_that_starts_requests_itself() => NeedsNoMemoryAsync(RequestMethod.From(AwaitAsync), Open);

    [TimingFact]
    public Task An_open_loop_that_hands_requests_over() => NeedsNoMemoryAsync(RequestMethod.From(StartSlowlyAsync), Open);

    [TimingFact]
    public Task An_open_loop_whose_method_blocks() => NeedsNoMemoryAsync(Bound(nameof(Block)), Open);

    [TimingFact]
    public Task An_open_loop_in_which_all_requests_wait_for_a_place() =>
        NeedsNoMemoryAsync(RequestMethod.From(AwaitAsync), requests => Open(requests, rate: 1_000_000, maxInFlight: 1));

    private static async Task NeedsNoMemoryAsync(RequestMethod method, Func<int, LoadPlan> load, int bytes = Bytes)
    {
        // What is made once is made by then.
        await AllocatedAsync(Requests);

        var (few, many) = (await AllocatedAsync(Requests), await AllocatedAsync(4 * Requests));

        ((many - few) / (3.0 * Requests)).Should().BeLessThan(bytes);

        async Task<long> AllocatedAsync(int requests)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            var measured = await Loads.MeasureAsync(load(requests), method);
            measured.Rounds.Should().ContainSingle().Which.Succeeded.Should().Be(requests);
            return GC.GetTotalAllocatedBytes(precise: true) - before;
        }
    }

    private static LoadPlan Closed(int requests) => Loads.Plan(new LoadPhase.FixedRequests(requests, 2));

    private static LoadPlan Open(int requests) => Open(requests, Rate, maxInFlight: 32);

    // Places are made when they are needed: a process that loses its core for a moment must not need hundreds.
    private static LoadPlan Open(int requests, decimal rate, int maxInFlight) =>
        Loads.Plan(new LoadPhase.ConstantRate(rate, null, requests)) with { MaxInFlight = maxInFlight };

    private static RequestMethod Bound(string name) =>
        RequestMethod.Bind(null, typeof(AllocationTests).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!, []);

    private static ValueTask AwaitAsync(PerfRequest request) => Answer.Rent().Task;

    private static ValueTask<int> AwaitValueAsync(PerfRequest request) => Answer.Rent().TaskWithValue;

    private static ValueTask StartSlowlyAsync(PerfRequest request)
    {
        Thread.SpinWait(2_000);
        return AwaitAsync(request);
    }

    private static void Block(PerfRequest request)
    {
    }

    /// <summary>Comes from another thread once it is awaited, and is used again: an <c>async</c> method of a debug build makes an object a call.</summary>
    private sealed class Answer : IValueTaskSource, IValueTaskSource<int>, IThreadPoolWorkItem
    {
        private static readonly ConcurrentQueue<Answer> Free = new();

        private ManualResetValueTaskSourceCore<int> core;

        public ValueTask Task => new(this, core.Version);

        public ValueTask<int> TaskWithValue => new(this, core.Version);

        public static Answer Rent()
        {
            var answer = Free.TryDequeue(out var used) ? used : new Answer();
            answer.core.Reset();
            return answer;
        }

        public void Execute() => core.SetResult(1);

        public ValueTaskSourceStatus GetStatus(short token) => core.GetStatus(token);

        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        {
            core.OnCompleted(continuation, state, token, flags);
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        public int GetResult(short token)
        {
            var result = core.GetResult(token);
            Free.Enqueue(this);
            return result;
        }

        void IValueTaskSource.GetResult(short token) => GetResult(token);
    }
}
