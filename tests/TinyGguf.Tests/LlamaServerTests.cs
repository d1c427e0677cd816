using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

using FluentAssertions;

namespace TinyGguf.Tests;

public sealed class LlamaServerTests
{
    [LlamaServerFact]
    public async Task A_real_llama_server_loads_the_model_and_generates()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            TinyModel.Write(Path.Combine(folder.FullName, "tiny.gguf"));
            await using var server = LlamaServer.Start(folder.FullName);

            await server.WaitUntilReadyAsync();
            using var response = await server.Client.PostAsJsonAsync("v1/completions", new
            {
                prompt = "the people made a long time",
                max_tokens = 16,
                ignore_eos = true,
                seed = 1,
            });

            var body = await response.Content.ReadAsStringAsync();
            response.StatusCode.Should().Be(HttpStatusCode.OK, body);
            var usage = JsonDocument.Parse(body).RootElement.GetProperty("usage");
            usage.GetProperty("completion_tokens").GetInt32().Should().Be(16);
            usage.GetProperty("prompt_tokens").GetInt32().Should().Be(1 + 6, "each word is one token, and one begins the text");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
