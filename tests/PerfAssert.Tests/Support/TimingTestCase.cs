using System.ComponentModel;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace PerfAssert.Tests.Support;

/// <summary>Runs a test up to <see cref="TimingFactAttribute.Attempts"/> times; only the last attempt's messages are told.</summary>
public sealed class TimingTestCase : XunitTestCase
{
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
        for (var attempt = 1; ; attempt++)
        {
            using var kept = new KeptMessages(messageBus);
            var summary = await base.RunAsync(diagnosticMessageSink, kept, constructorArguments, aggregator, cancellationTokenSource);
            if (aggregator.HasExceptions || summary.Failed == 0 || attempt == TimingFactAttribute.Attempts || cancellationTokenSource.IsCancellationRequested)
            {
                kept.Tell();
                return summary;
            }

            diagnosticMessageSink.OnMessage(new DiagnosticMessage("{0}: attempt {1} failed", DisplayName, attempt));
        }
    }

    private sealed class KeptMessages(IMessageBus inner) : IMessageBus
    {
        private readonly List<IMessageSinkMessage> messages = [];

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
                messages.ForEach(message => inner.QueueMessage(message));
            }
        }

        public void Dispose()
        {
        }
    }
}
