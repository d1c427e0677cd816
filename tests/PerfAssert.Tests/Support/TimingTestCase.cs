using System.ComponentModel;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace PerfAssert.Tests.Support;

/// <summary>Runs a test up to <see cref="TimingFactAttribute.Attempts"/> times; the last attempt's messages are told, with what failed before in its output.</summary>
public sealed class TimingTestCase : XunitTestCase
{
    // CI looks for it.
    private const string FailedAttempt = "failed attempt";

    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("For deserialization only.")]
    public TimingTestCase()
    {
    }

    public TimingTestCase(IMessageSink diagnostics, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod method)
        : base(diagnostics, display, options, method)
    {
    }

    public override async Task<RunSummary> RunAsync(
        IMessageSink diagnosticMessageSink,
        IMessageBus messageBus,
        object[] constructorArguments,
        ExceptionAggregator aggregator,
        CancellationTokenSource cancellationTokenSource)
    {
        var failed = string.Empty;
        for (var attempt = 1; ; attempt++)
        {
            using var kept = new KeptMessages(messageBus, failed);
            var summary = await base.RunAsync(diagnosticMessageSink, kept, constructorArguments, aggregator, cancellationTokenSource);
            if (aggregator.HasExceptions || summary.Failed == 0 || kept.IsCertain || attempt == TimingFactAttribute.Attempts || cancellationTokenSource.IsCancellationRequested)
            {
                kept.Tell();
                return summary;
            }

            failed += $"{FailedAttempt} {attempt}: {string.Join(' ', kept.Problems)}{Environment.NewLine}";
        }
    }

    private sealed class KeptMessages(IMessageBus inner, string failedBefore) : IMessageBus
    {
        private readonly List<IMessageSinkMessage> messages = [];

        public bool IsCertain => messages.OfType<ITestFailed>().Any(test => test.ExceptionTypes.Contains(typeof(CertainFailureException).FullName));

        public IEnumerable<string> Problems => messages.OfType<ITestFailed>().SelectMany(test => test.Messages);

        public bool QueueMessage(IMessageSinkMessage message)
        {
            lock (messages)
            {
                messages.Add(message);
            }

            return true;
        }

        public void Tell()
        {
            lock (messages)
            {
                messages.ForEach(message => inner.QueueMessage(WithFailedAttempts(message)));
            }
        }

        private IMessageSinkMessage WithFailedAttempts(IMessageSinkMessage message) => message is ITestPassed passed && failedBefore.Length > 0
            ? new TestPassed(passed.Test, passed.ExecutionTime, failedBefore + passed.Output)
            : message;

        public void Dispose()
        {
        }
    }
}
