using LoadEngine.Generators;

namespace LoadEngine.Children;

/// <summary>The one request function, of PerfAssert and of the loops it is held against.</summary>
internal sealed class Target(Job job, SocketsHttpHandler? handler = null) : IDisposable
{
    private readonly HttpClient client = new(handler ?? new SocketsHttpHandler { UseProxy = false });

    public async Task GetAsync(CancellationToken cancellationToken)
    {
        using var response = await client.GetAsync(job.Url, cancellationToken).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Lets the server's log and its stall begin again, when the job asks for it.</summary>
    public async Task AfterLeadAsync()
    {
        if (job.ResetAfterLead)
        {
            using var response = await client.PostAsync(new Uri(job.Url, "control/reset"), null).ConfigureAwait(false);
            response.EnsureSuccessStatusCode();
        }
    }

    public void Dispose() => client.Dispose();
}
