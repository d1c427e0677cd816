namespace PerfAssert.Clients.Http;

/// <summary>
/// What a server says about where its time went, under the same names for every server: <c>server_queue</c>, <c>server_prompt</c>,
/// <c>server_decode</c>, <c>server_total</c>.
/// </summary>
internal static class Timings
{
    public const string Prefix = "server_";
    public const string Queue = Prefix + "queue";
    public const string Prompt = Prefix + "prompt";
    public const string Decode = Prefix + "decode";
    public const string Load = Prefix + "load";
    public const string Total = Prefix + "total";

    private const double Day = 86_400_000;

    /// <summary>Records a duration that a server tells, unless there is something wrong with it or no room for its name.</summary>
    /// <param name="request">The request; null: nothing is recorded.</param>
    /// <param name="name">The name, with its prefix.</param>
    /// <param name="milliseconds">The duration.</param>
    /// <param name="names">Where the server gives the names: those it gave so far.</param>
    public static void Record(PerfRequest? request, string name, double milliseconds, TimingNames? names = null)
    {
        // A server's nonsense is no reason to fail a request that was answered.
        if (request is null
            || !(milliseconds is >= 0 and <= Day)
            || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')
            || names?.Take(name) == false)
        {
            return;
        }

        try
        {
            request.Record(name, TimeSpan.FromMilliseconds(milliseconds));
        }
        catch (ArgumentException)
        {
            // One name more than the run has room for, because others have taken it: that is no reason either.
        }
    }
}
