using FluentAssertions;
using PerfAssert.Xunit.Sdk;
using Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace PerfAssert.Xunit.Tests;

/// <summary>Test explorers discover in one process and run in another: what a test case is must survive the trip.</summary>
public sealed class DiscoveryTests
{
    [Fact]
    public void A_test_case_survives_serialization()
    {
        var original = Discover(nameof(Samples.Fact)).Should().ContainSingle().Subject.Should().BeOfType<PerfTestCase>().Subject;

        var copy = RoundTrip(original);

        copy.DisplayName.Should().Be(original.DisplayName).And.Be("a fact");
        copy.UniqueID.Should().Be(original.UniqueID);
        copy.SkipReason.Should().Be("not today");
        copy.TimeLimit.Should().Be(1234);
        copy.Timeout.Should().Be(0, because: "the time limit is kept by the invoker, not by xunit");
        copy.Traits.Should().ContainKey("Category").WhoseValue.Should().Equal("Performance");
    }

    [Fact]
    public void A_row_survives_serialization()
    {
        var original = Discover(nameof(Samples.Theory)).OfType<PerfTestCase>().Single();

        var copy = RoundTrip(original);

        copy.DisplayName.Should().Be(original.DisplayName).And.EndWith("Theory(length: 16)");
        copy.UniqueID.Should().Be(original.UniqueID);
        copy.TestMethodArguments.Should().Equal(null, 16);
    }

    [Fact]
    public void A_skipped_row_survives_serialization()
    {
        var original = Discover(nameof(Samples.Theory)).OfType<PerfSkippedRowTestCase>().Single();

        var copy = RoundTrip(original);

        copy.DisplayName.Should().Be(original.DisplayName).And.EndWith("Theory(length: 64)");
        copy.SkipReason.Should().Be("too long");
    }

    [Fact]
    public void A_theory_read_at_run_time_survives_serialization()
    {
        var original = Discover(nameof(Samples.AtRunTime)).Should().ContainSingle().Subject.Should().BeOfType<PerfTheoryTestCase>().Subject;

        RoundTrip(original).DisplayName.Should().Be(original.DisplayName).And.EndWith("AtRunTime");
    }

    [Fact]
    public void Rows_of_one_name_are_one_test_that_fails_and_says_so()
    {
        var error = Discover(nameof(Samples.Twice)).Should().ContainSingle().Subject.Should().BeOfType<ExecutionErrorTestCase>().Subject;

        error.ErrorMessage.Should().StartWith("2 rows are named ").And.Contain("Twice(length: 16)");
    }

    private static T RoundTrip<T>(T testCase)
        where T : IXunitTestCase =>
        SerializationHelper.Deserialize<T>(SerializationHelper.Serialize(testCase));

    private static List<IXunitTestCase> Discover(string methodName)
    {
        var assembly = new TestAssembly(Reflector.Wrap(typeof(Samples).Assembly));
        var collection = new TestCollection(assembly, collectionDefinition: null, displayName: "samples");
        var testClass = new TestClass(collection, Reflector.Wrap(typeof(Samples)));
        var method = new TestMethod(testClass, Reflector.Wrap(typeof(Samples).GetMethod(methodName)!));
        var attribute = method.Method.GetCustomAttributes(typeof(FactAttribute)).Single();
        var sink = new NullMessageSink();
        IXunitTestCaseDiscoverer discoverer = methodName == nameof(Samples.Fact) ? new PerfFactDiscoverer(sink) : new PerfTheoryDiscoverer(sink);
        return [.. discoverer.Discover(new DefaultOptions(), method, attribute)];
    }

    private sealed class DefaultOptions : ITestFrameworkDiscoveryOptions
    {
        public TValue GetValue<TValue>(string name) => default!;

        public void SetValue<TValue>(string name, TValue value)
        {
        }
    }

    // Not public, so that xunit does not run them here.
#pragma warning disable xUnit1000, CA1812
    private sealed class Samples
    {
        public static TheoryData<Exception> Exceptions => new() { new InvalidOperationException() };

        public static TheoryData<int> Equal => [16, 16, 64];

        [PerfFact(DisplayName = "a fact", Skip = "not today", Timeout = 1234)]
        public static Task Fact(PerfRequest request) => Task.Delay(1, request.CancellationToken);

        [PerfTheory]
        [InlineData(16)]
        [InlineData(64, Skip = "too long")]
        public static Task Theory(PerfRequest request, int length) => Task.Delay(length, request.CancellationToken);

        [PerfTheory]
        [MemberData(nameof(Equal))]
        public static Task Twice(PerfRequest request, int length) => Task.Delay(length, request.CancellationToken);

        [PerfTheory]
        [MemberData(nameof(Exceptions))]
        public static Task AtRunTime(PerfRequest request, Exception exception) =>
            request.Index < 0 ? Task.CompletedTask : Task.FromException(exception);
    }
#pragma warning restore xUnit1000, CA1812
}
