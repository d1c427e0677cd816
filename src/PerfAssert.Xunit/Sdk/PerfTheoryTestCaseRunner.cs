using Xunit.Abstractions;
using Xunit.Sdk;

namespace PerfAssert.Xunit.Sdk;

/// <summary>Reads a theory's rows and runs each as a test of its own, each in its own turn.</summary>
internal sealed class PerfTheoryTestCaseRunner(
    PerfTheoryTestCase testCase,
    string displayName,
    string? skipReason,
    object[] constructorArguments,
    IMessageSink diagnosticMessageSink,
    IMessageBus messageBus,
    ExceptionAggregator aggregator,
    CancellationTokenSource cancellationTokenSource)
    : PerfTestCaseRunner(
        testCase, displayName, skipReason, constructorArguments, alignedRow: null, messageBus, aggregator, cancellationTokenSource)
{
    private readonly List<(object[] Values, string? SkipReason)> rows = [];

    protected override async Task<RunSummary> RunTestAsync()
    {
        // Whatever the user's data source throws is what this test reports.
        var reading = new ExceptionAggregator(Aggregator);
        reading.Run(ReadRows);
        if (reading.HasExceptions)
        {
            return await FailAsync(CreateTest(TestCase, DisplayName), reading);
        }

        var summary = new RunSummary();
        foreach (var (values, rowSkipReason) in rows)
        {
            summary.Aggregate(await RunRowAsync(values, rowSkipReason));
        }

        return summary;
    }

    protected override Task BeforeTestCaseFinishedAsync()
    {
        foreach (var disposable in rows.SelectMany(row => row.Values).OfType<IDisposable>())
        {
            Aggregator.Run(disposable.Dispose);
        }

        return base.BeforeTestCaseFinishedAsync();
    }

    private void ReadRows()
    {
        rows.AddRange(TestCase.TestMethod.Method.GetCustomAttributes(typeof(DataAttribute)).SelectMany(Rows));
        if (rows.Count == 0)
        {
            throw new InvalidOperationException($"No data found for {TestClass.FullName}.{TestMethod.Name}");
        }
    }

    private async Task<RunSummary> RunRowAsync(object[] values, string? rowSkipReason)
    {
        var method = TestMethod;
        var row = method.ResolveMethodArguments(DataRow.Align(method, values));
        ITypeInfo[]? genericTypes = null;
        if (method.IsGenericMethodDefinition)
        {
            genericTypes = TestCase.TestMethod.Method.ResolveGenericTypes(row);
            method = method.MakeGenericMethod([.. genericTypes.Select(type => type.ToRuntimeType())]);
        }

        var name = DisplayName + DataRow.Describe(Reflector.Wrap(method), row, genericTypes);
        return await RunInTurnAsync(name, method, row, SkipReason ?? rowSkipReason);
    }

    private IEnumerable<(object[] Values, string? SkipReason)> Rows(IAttributeInfo dataAttribute)
    {
        var method = TestCase.TestMethod.Method;
        var discoverer = ExtensibilityPointFactory.GetDataDiscoverer(
            diagnosticMessageSink, dataAttribute.GetCustomAttributes(typeof(DataDiscovererAttribute)).First());
        var data = discoverer?.GetData(dataAttribute, method)
            ?? throw new InvalidOperationException($"A data attribute of {TestClass.FullName}.{method.Name} gives no data: it or its source is null.");
        var reason = dataAttribute.GetNamedArgument<string?>("Skip");
        return data.Select(row => (row, reason));
    }
}
