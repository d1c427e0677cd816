using System.Reflection;
using PerfAssert.Load;
using PerfAssert.Planning;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace PerfAssert.Xunit.Sdk;

/// <summary>Where xunit would call the method once, calls it under load, on the same instance of the test class.</summary>
internal sealed class PerfTestInvoker : XunitTestInvoker
{
    private readonly object?[]? alignedRow;

    public PerfTestInvoker(
        ITest test,
        IMessageBus messageBus,
        Type testClass,
        object[] constructorArguments,
        MethodInfo testMethod,
        object?[]? alignedRow,
        IReadOnlyList<BeforeAfterTestAttribute> beforeAfterAttributes,
        ExceptionAggregator aggregator,
        CancellationTokenSource cancellationTokenSource)
        : base(
            test,
            messageBus,
            testClass,
            constructorArguments,
            testMethod,
            // xunit only counts these; whether the row fits is decided, and said, by the binding.
            new object[testMethod.GetParameters().Length],
            beforeAfterAttributes,
            aggregator,
            cancellationTokenSource) => this.alignedRow = alignedRow;

    /// <summary>What was measured; <see langword="null"/> if it did not come to that, or is the failure's message.</summary>
    public PerfResult? Result { get; private set; }

    // Off xunit's synchronization context, or maxParallelThreads would throttle the load.
    protected override object CallTestMethod(object testClassInstance) =>
        Task.Run(() => MeasureAsync(testClassInstance));

    // Cancelled or timed out, the runner stops the load, waits for what is in flight and abandons what does not end within seconds.
    private async Task MeasureAsync(object? instance)
    {
        var timeLimit = ((PerfTestCase)TestCase).TimeLimit;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(CancellationTokenSource.Token);
        using var limit = timeLimit > 0 ? TimeLimit.Start(timeLimit, stop) : null;
        try
        {
            var method = RequestMethod.Bind(instance, TestMethod, DataRow.Values(TestMethod, alignedRow));
            var result = await PerfRunner.RunAsync(Declaration(), method, VersionedEndpoint.Among(instance, ConstructorArguments), stop.Token);
            Result = result.Passed ? result : throw new PerfBudgetException(result);
        }
        catch (Exception exception) when (exception is OperationCanceledException or PerfBudgetException && IsTimeLimit(stop))
        {
            Result = (exception as PerfBudgetException)?.Result;
            throw new TestTimeoutException(timeLimit);
        }
    }

    private bool IsTimeLimit(CancellationTokenSource stop) =>
        stop.IsCancellationRequested && !CancellationTokenSource.IsCancellationRequested;

    private TestDeclaration Declaration()
    {
        var method = Reflector.Wrap(TestMethod);
        var genericTypes = TestMethod.IsGenericMethod ? method.GetGenericArguments().ToArray() : null;
        var row = ((PerfTestCase)TestCase).Row is { Length: > 0 } known ? known : DataRow.Describe(method, alignedRow, genericTypes);
        return TestDeclaration.FromMethod(TestClass, TestMethod, row);
    }
}
