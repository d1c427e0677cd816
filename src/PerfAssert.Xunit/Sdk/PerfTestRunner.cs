using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace PerfAssert.Xunit.Sdk;

/// <summary>Makes the result's text the test's output, after what the test itself wrote, unless the failure's message is that text.</summary>
internal sealed class PerfTestRunner(
    ITest test,
    IMessageBus messageBus,
    Type testClass,
    object[] constructorArguments,
    MethodInfo testMethod,
    object?[]? alignedRow,
    string? skipReason,
    IReadOnlyList<BeforeAfterTestAttribute> beforeAfterAttributes,
    ExceptionAggregator aggregator,
    CancellationTokenSource cancellationTokenSource)
    : XunitTestRunner(
        test,
        messageBus,
        testClass,
        constructorArguments,
        testMethod,
        alignedRow,
        skipReason,
        beforeAfterAttributes,
        aggregator,
        cancellationTokenSource)
{
    private PerfResult? result;

    protected override async Task<Tuple<decimal, string>> InvokeTestAsync(ExceptionAggregator aggregator)
    {
        var run = await base.InvokeTestAsync(aggregator);
        return result is null ? run : Tuple.Create(run.Item1, run.Item2 + Print(result.Text));
    }

    protected override async Task<decimal> InvokeTestMethodAsync(ExceptionAggregator aggregator)
    {
        var invoker = new PerfTestInvoker(
            Test,
            MessageBus,
            TestClass,
            ConstructorArguments,
            TestMethod,
            TestMethodArguments,
            BeforeAfterAttributes,
            aggregator,
            CancellationTokenSource);
        var time = await invoker.RunAsync();
        result = invoker.Result;
        return time;
    }

    // Through xunit's own helper: it escapes what XML reports cannot hold and feeds runners that show output live.
    private string Print(string text)
    {
        var output = new TestOutputHelper();
        output.Initialize(MessageBus, Test);
        output.WriteLine(text);
        return output.Output;
    }
}
