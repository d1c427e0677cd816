using System.Reflection;
using PerfAssert.Load;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace PerfAssert.Xunit.Sdk;

/// <summary>Runs a performance test when it is its turn. xunit's clock and time-out start after the wait.</summary>
internal class PerfTestCaseRunner(
    PerfTestCase testCase,
    string displayName,
    string? skipReason,
    object[] constructorArguments,
    object?[]? alignedRow,
    IMessageBus messageBus,
    ExceptionAggregator aggregator,
    CancellationTokenSource cancellationTokenSource)
    : XunitTestCaseRunner(
        testCase, displayName, skipReason, constructorArguments, alignedRow, messageBus, aggregator, cancellationTokenSource)
{
    // The test case's own arguments: xunit's runner has made an empty row of a fact's none.
    protected override Task<RunSummary> RunTestAsync() =>
        RunInTurnAsync(DisplayName, TestMethod, TestCase.TestMethodArguments, SkipReason);

    /// <summary>Runs one test of the test case; without waiting one that is skipped, or whose fixture failed.</summary>
    protected async Task<RunSummary> RunInTurnAsync(string name, MethodInfo method, object?[]? row, string? reason)
    {
        var test = CreateTest(TestCase, name);
        if (!string.IsNullOrEmpty(reason) || Aggregator.HasExceptions)
        {
            return await RunAsync(test, method, row, reason);
        }

        await using var watch = CancellationWatch.Start(MessageBus, test, CancellationTokenSource);
        try
        {
            await using var turn = await ExclusiveTurn.WaitAsync(CancellationTokenSource.Token);
            ExclusiveTurn.Enter();
            return await RunAsync(test, method, row, reason: null);
        }
        catch (OperationCanceledException) when (CancellationTokenSource.IsCancellationRequested)
        {
            return new RunSummary();
        }
        catch (IOException exception)
        {
            var failure = new ExceptionAggregator(Aggregator);
            failure.Add(exception);
            return await FailAsync(test, failure);
        }
    }

    /// <summary>Reports a test that could not be started.</summary>
    protected Task<RunSummary> FailAsync(ITest test, ExceptionAggregator failure) =>
        CreateTestRunner(
            test, MessageBus, TestClass, ConstructorArguments, TestMethod, null, null, BeforeAfterAttributes, failure, CancellationTokenSource)
            .RunAsync();

    protected override XunitTestRunner CreateTestRunner(
        ITest test,
        IMessageBus messageBus,
        Type testClass,
        object[] constructorArguments,
        MethodInfo testMethod,
        object?[]? testMethodArguments,
        string? skipReason,
        IReadOnlyList<BeforeAfterTestAttribute> beforeAfterAttributes,
        ExceptionAggregator aggregator,
        CancellationTokenSource cancellationTokenSource) =>
        new PerfTestRunner(
            test,
            messageBus,
            testClass,
            constructorArguments,
            testMethod,
            testMethodArguments,
            skipReason,
            beforeAfterAttributes,
            new ExceptionAggregator(aggregator),
            cancellationTokenSource);

    private async Task<RunSummary> RunAsync(ITest test, MethodInfo method, object?[]? row, string? reason)
    {
        using var bus = new MissingRequirement(MessageBus);
        var runner = CreateTestRunner(
            test, bus, TestClass, ConstructorArguments, method, row, reason, BeforeAfterAttributes, Aggregator, CancellationTokenSource);
        return bus.Correct(await runner.RunAsync());
    }
}
