using System.Text;

namespace StreamingClients;

/// <summary>The least a reader can do: HttpClient, and the bytes counted.</summary>
internal static class PlainReader
{
    public static async Task<IReadOnlyList<Sample>> MeasureAsync(Uri address, StreamKind stream)
    {
        using var handler = new SocketsHttpHandler { UseProxy = false };
        using var client = new HttpClient(handler);
        var buffer = new byte[16 * 1024];
        return await Report.RepeatAsync(() => Sample.Of(stream, async () =>
        {
            using var content = new StringContent(stream.Body, Encoding.UTF8, "application/json");
            using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "v1/chat/completions")) { Content = content };
            using var response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead);
            await using var body = await response.Content.ReadAsStreamAsync();
            var bytes = 0L;
            for (int read; (read = await body.ReadAsync(buffer)) > 0;)
            {
                bytes += read;
            }

            if (bytes < stream.Chunks)
            {
                throw new InvalidOperationException("The stream was not read whole.");
            }
        }));
    }
}
