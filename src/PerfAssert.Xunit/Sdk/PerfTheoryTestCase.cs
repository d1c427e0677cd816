using System.ComponentModel;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace PerfAssert.Xunit.Sdk;

/// <summary>A performance theory whose rows are read when it runs, because they cannot be serialized.</summary>
internal sealed class PerfTheoryTestCase : PerfTestCase
{
    /// <inheritdoc cref="PerfTestCase()"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("For the deserializer only.")]
    public PerfTheoryTestCase()
    {
    }

    public PerfTheoryTestCase(
        IMessageSink diagnosticMessageSink,
        TestMethodDisplay defaultMethodDisplay,
        TestMethodDisplayOptions defaultMethodDisplayOptions,
        ITestMethod testMethod)
        : base(diagnosticMessageSink, defaultMethodDisplay, defaultMethodDisplayOptions, testMethod)
    {
    }

    public override Task<RunSummary> RunAsync(
        IMessageSink diagnosticMessageSink,
        IMessageBus messageBus,
        object[] constructorArguments,
        ExceptionAggregator aggregator,
        CancellationTokenSource cancellationTokenSource) =>
        new PerfTheoryTestCaseRunner(
            this, DisplayName, SkipReason, constructorArguments, diagnosticMessageSink, messageBus, aggregator, cancellationTokenSource).RunAsync();
}
