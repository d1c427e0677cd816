using Xunit.Abstractions;
using Xunit.Sdk;

namespace PerfAssert.Xunit.Sdk;

/// <summary>
/// Makes a failure that says "skip" a skipped test: a fixture or a test that cannot be started on this machine throws an exception whose
/// message begins with xunit's token for it. xunit v3 knows the token; 2.9 reports a failure.
/// </summary>
internal sealed class MissingRequirement(IMessageBus bus) : IMessageBus
{
    private const string Token = "$XunitDynamicSkip$";
    private bool skipped;

    public bool QueueMessage(IMessageSinkMessage message)
    {
        if (message is not ITestFailed failed || Reason(failed) is not { } reason)
        {
            return bus.QueueMessage(message);
        }

        skipped = true;
        return bus.QueueMessage(new TestSkipped(failed.Test, reason));
    }

    /// <summary>The summary of the one test that spoke through this bus.</summary>
    public RunSummary Correct(RunSummary summary)
    {
        if (skipped)
        {
            summary.Failed--;
            summary.Skipped++;
        }

        return summary;
    }

    public void Dispose()
    {
        // The bus belongs to the run.
    }

    // Every exception says so, or is but the wrapping of some that do, as of a fixture whose constructor threw.
    private static string? Reason(ITestFailed failed)
    {
        var reasons = new List<string>();
        return SaysSo(-1) ? string.Join(' ', reasons.Distinct()) : null;

        bool SaysSo(int parent)
        {
            var children = Enumerable.Range(0, failed.Messages.Length).Where(index => failed.ExceptionParentIndices[index] == parent).ToList();
            return children.Count > 0 && children.All(child =>
            {
                var isSkip = failed.Messages[child].StartsWith(Token, StringComparison.Ordinal);
                if (isSkip)
                {
                    reasons.Add(failed.Messages[child][Token.Length..]);
                }

                return isSkip || SaysSo(child);
            });
        }
    }
}
