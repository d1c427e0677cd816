using System.Net.Http.Headers;
using System.Text;

namespace PerfAssert.Containers.Starting;

/// <summary>Asks a starting server, and remembers what it is asking.</summary>
internal sealed class ReadyProbe : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>The question that has no answer yet; null: none.</summary>
    public string? Asking { get; private set; }

    public Task<ProbeAnswer> GetAsync(Uri address, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, address), Patience, cancellationToken);

    /// <summary>Posts JSON. The answer may take as long as the start may: servers load or fetch a model before they answer.</summary>
    public Task<ProbeAnswer> PostAsync(Uri address, string json, CancellationToken cancellationToken) =>
        SendAsync(
            new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json")) },
            Timeout.InfiniteTimeSpan,
            cancellationToken);

    public void Dispose() => http.Dispose();

    private async Task<ProbeAnswer> SendAsync(HttpRequestMessage request, TimeSpan patience, CancellationToken cancellationToken)
    {
        using (request)
        {
            var question = $"{request.Method} {request.RequestUri}";
            Asking = question + ": no answer yet";
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(patience);
            try
            {
                using var response = await http.SendAsync(request, limit.Token);
                return new ProbeAnswer(question, response.StatusCode, await response.Content.ReadAsStringAsync(limit.Token), null);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return new ProbeAnswer(question, null, "", $"no answer within {patience.TotalSeconds:0} s");
            }
            catch (HttpRequestException exception)
            {
                return new ProbeAnswer(question, null, "", exception.Message);
            }
            finally
            {
                Asking = null;
            }
        }
    }
}
