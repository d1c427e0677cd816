using System.ComponentModel;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace PerfAssert.Xunit.Sdk;

/// <summary>A performance test, or one row of a performance theory.</summary>
internal class PerfTestCase : XunitTestCase
{
    /// <summary>For the deserializer: test explorers discover in one process and run in another.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("For the deserializer only.")]
    public PerfTestCase()
    {
    }

    public PerfTestCase(
        IMessageSink diagnosticMessageSink,
        TestMethodDisplay defaultMethodDisplay,
        TestMethodDisplayOptions defaultMethodDisplayOptions,
        ITestMethod testMethod,
        object?[]? alignedRow = null)
        : base(diagnosticMessageSink, defaultMethodDisplay, defaultMethodDisplayOptions, testMethod, alignedRow)
    {
    }

    /// <summary>The attribute's Timeout in milliseconds; 0: none. Kept by <see cref="PerfTestInvoker"/>, not by xunit.</summary>
    public int TimeLimit { get; private set; }

    public override Task<RunSummary> RunAsync(
        IMessageSink diagnosticMessageSink,
        IMessageBus messageBus,
        object[] constructorArguments,
        ExceptionAggregator aggregator,
        CancellationTokenSource cancellationTokenSource) =>
        new PerfTestCaseRunner(
            this, DisplayName, SkipReason, constructorArguments, TestMethodArguments, messageBus, aggregator, cancellationTokenSource).RunAsync();

    /// <summary>The row as it stands in the display name: before it is run xunit makes its values what the parameters take. Empty without a row.</summary>
    public string Row { get; private set; } = string.Empty;

    protected override string GetDisplayName(IAttributeInfo factAttribute, string displayName)
    {
        Row = DataRow.Describe(Method, TestMethodArguments, MethodGenericTypes);
        return displayName + Row;
    }

    // xunit's own time-out refuses methods that return no Task, and leaves what it interrupts running in the background: it sees none.
    protected override int GetTimeout(IAttributeInfo factAttribute)
    {
        TimeLimit = base.GetTimeout(factAttribute);
        return 0;
    }
}
