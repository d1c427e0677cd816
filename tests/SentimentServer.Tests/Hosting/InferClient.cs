using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace SentimentServer.Tests.Hosting;

/// <summary>Infer requests as a client of the protocol sends them.</summary>
internal static class InferClient
{
    public static Task<HttpResponseMessage> InferAsync(this HttpClient client, params string[] texts) =>
        client.PostAsJsonAsync("/v2/models/sentiment/infer", new
        {
            inputs = new[] { new { name = "text", datatype = "BYTES", shape = new[] { texts.Length }, data = texts } },
        });

    public static async Task<HttpResponseMessage> PostJsonAsync(this HttpClient client, string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        return await client.PostAsync(new Uri(path, UriKind.Relative), content);
    }

    public static async Task<JsonElement> ReadJsonAsync(this HttpResponseMessage response)
    {
        using (response)
        {
            return await response.Content.ReadFromJsonAsync<JsonElement>();
        }
    }

    public static string?[] Strings(this JsonElement array) => [.. array.EnumerateArray().Select(element => element.GetString())];

    public static float[] Floats(this JsonElement array) => [.. array.EnumerateArray().Select(element => element.GetSingle())];
}
