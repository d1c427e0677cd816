using System.ComponentModel;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace PerfAssert.Xunit.Sdk;

/// <summary>A row whose data attribute says Skip.</summary>
internal sealed class PerfSkippedRowTestCase : XunitSkippedDataRowTestCase
{
    /// <inheritdoc cref="PerfTestCase()"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("For the deserializer only.")]
    public PerfSkippedRowTestCase()
    {
    }

    public PerfSkippedRowTestCase(
        IMessageSink diagnosticMessageSink,
        TestMethodDisplay defaultMethodDisplay,
        TestMethodDisplayOptions defaultMethodDisplayOptions,
        ITestMethod testMethod,
        string skipReason,
        object?[] alignedRow)
        : base(diagnosticMessageSink, defaultMethodDisplay, defaultMethodDisplayOptions, testMethod, skipReason, alignedRow)
    {
    }

    protected override string GetDisplayName(IAttributeInfo factAttribute, string displayName) =>
        displayName + DataRow.Describe(Method, TestMethodArguments, MethodGenericTypes);
}
