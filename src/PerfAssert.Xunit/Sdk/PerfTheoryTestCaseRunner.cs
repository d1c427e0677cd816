using System.Globalization;
using System.Reflection;
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
    private readonly List<(object[]? Values, string? SkipReason)> rows = [];

    protected override async Task<RunSummary> RunTestAsync()
    {
        // Rows that cannot run need not be read: a fixture failed, or misses what this machine does not have.
        if (Aggregator.HasExceptions)
        {
            return await RunInTurnAsync(DisplayName, TestMethod, row: null, SkipReason);
        }

        // Whatever the user's data source throws is what this test reports.
        var reading = new ExceptionAggregator(Aggregator);
        reading.Run(ReadRows);
        var bound = rows.Select((row, index) => Bind(row.Values, SkipReason ?? row.SkipReason, index)).ToList();
        if (DataRow.Ambiguity(bound.Where(row => row is { Problem: null, SkipReason: null }).Select(row => row.Name)) is { } problem)
        {
            reading.Add(new InvalidOperationException(problem));
        }

        if (reading.HasExceptions)
        {
            return await FailAsync(CreateTest(TestCase, DisplayName), reading);
        }

        var summary = new RunSummary();
        foreach (var row in bound)
        {
            summary.Aggregate(row is { Problem: { } failure, SkipReason: null }
                ? await FailAsync(CreateTest(TestCase, row.Name), failure)
                : await RunInTurnAsync(row.Name, row.Method, row.Values, row.SkipReason));
        }

        return summary;
    }

    protected override Task BeforeTestCaseFinishedAsync()
    {
        foreach (var disposable in rows.SelectMany(row => row.Values ?? []).OfType<IDisposable>())
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

    // A row that does not fit the method is that row's failure; thrown here it would end the whole test process.
    private BoundRow Bind(object[]? values, string? rowSkipReason, int index)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{DisplayName}(row {index + 1})");
        var bound = new BoundRow(name, TestMethod, null, rowSkipReason, null);
        var binding = new ExceptionAggregator();
        binding.Run(() => bound = Bind(values ?? throw new InvalidOperationException("The data has a row that is null."), rowSkipReason));
        return binding.HasExceptions ? bound with { Problem = binding } : bound;
    }

    private BoundRow Bind(object[] values, string? rowSkipReason)
    {
        var method = TestMethod;
        var row = method.ResolveMethodArguments(DataRow.Align(method, values));
        ITypeInfo[]? genericTypes = null;
        if (method.IsGenericMethodDefinition)
        {
            genericTypes = TestCase.TestMethod.Method.ResolveGenericTypes(row);
            method = method.MakeGenericMethod([.. genericTypes.Select(type => type.ToRuntimeType())]);
        }

        return new BoundRow(DisplayName + DataRow.Describe(Reflector.Wrap(method), row, genericTypes), method, row, rowSkipReason, null);
    }

    private IEnumerable<(object[]? Values, string? SkipReason)> Rows(IAttributeInfo dataAttribute)
    {
        var method = TestCase.TestMethod.Method;
        var discoverer = ExtensibilityPointFactory.GetDataDiscoverer(
            diagnosticMessageSink, dataAttribute.GetCustomAttributes(typeof(DataDiscovererAttribute)).First());
        var data = discoverer?.GetData(dataAttribute, method)
            ?? throw new InvalidOperationException($"A data attribute of {TestClass.FullName}.{method.Name} gives no data: it or its source is null.");
        var reason = dataAttribute.GetNamedArgument<string?>("Skip");
        return data.Select(row => ((object[]?)row, reason));
    }

    /// <summary>A row as the method takes it.</summary>
    private sealed record BoundRow(string Name, MethodInfo Method, object?[]? Values, string? SkipReason, ExceptionAggregator? Problem);
}
