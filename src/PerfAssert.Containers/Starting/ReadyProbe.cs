using System.Net;
using System.Net.Http.Headers;
using System.Text;
using PerfAssert.Clients;

namespace PerfAssert.Containers.Starting;

/// <summary>Asks a starting server, and remembers what it asked last.</summary>
internal sealed class ReadyProbe : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <param name="options">What clients send: servers guard what they are asked by it.</param>
    public ReadyProbe(ClientOptions options)
    {
        foreach (var (name, value) in options.Headers)
        {
            http.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        }

        if (options.Authorization is { } authorization)
        {
            http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
        }
    }

    /// <summary>The last question and its answer; null: nothing was asked.</summary>
    public string? Last { get; private set; }

    public void Forget() => Last = null;

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
            Last = question + ": no answer yet";
            var answer = await AnswerAsync(question, request, patience, cancellationToken);
            Last = answer.ToString();
            return answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden ? throw new ProbeRefusedException() : answer;
        }
    }

    private async Task<ProbeAnswer> AnswerAsync(string question, HttpRequestMessage request, TimeSpan patience, CancellationToken cancellationToken)
    {
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
    }
}
