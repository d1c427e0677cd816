using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace TinyGguf.Tests;

/// <summary>llama.cpp's server: the one on the PATH, otherwise the one in the image of the tests.</summary>
internal sealed class LlamaServer : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly string? _container;
    private readonly Task<string> _log;

    private LlamaServer(Process process, string? container, int port)
    {
        (_process, _container) = (process, container);
        process.Start();
        process.StandardOutput.ReadToEndAsync();
        _log = process.StandardError.ReadToEndAsync();
        Client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri($"http://127.0.0.1:{port}/"), Timeout = s_patience };
    }

    public HttpClient Client { get; }

    public static LlamaServer Start(string folder)
    {
        var port = FreePort();
        string[] options = ["-t", "1", "-c", "256", "-np", "1", "--no-ui"];
        if (LlamaServerFactAttribute.IsOnPath("llama-server"))
        {
            return new LlamaServer(
                NewProcess("llama-server", ["-m", Path.Combine(folder, "tiny.gguf"), "--host", "127.0.0.1", "--port", $"{port}", .. options]), null, port);
        }

        var name = $"perfassert-tinygguf-{Guid.NewGuid():N}";
        return new LlamaServer(
            NewProcess("docker",
            [
                "run", "--rm", "--name", name, "--label", "org.testcontainers=true", "-v", $"{folder}:/models:ro", "-p", $"127.0.0.1:{port}:8080",
                LlamaServerFactAttribute.Image, "-m", "/models/tiny.gguf", .. options,
            ]),
            name,
            port);
    }

    public async Task WaitUntilReadyAsync()
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < s_patience && !_process.HasExited)
        {
            try
            {
                using var health = await Client.GetAsync(new Uri("health", UriKind.Relative));
                if (health.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not yet listening.
            }

            await Task.Delay(50);
        }

        throw new InvalidOperationException($"llama-server was not ready: {(_process.HasExited ? await _log : "it is still loading")}");
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_container is not null)
        {
            using var remove = NewProcess("docker", ["rm", "-f", _container]);
            remove.Start();
            await remove.WaitForExitAsync();
        }

        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static Process NewProcess(string program, IEnumerable<string> arguments) => new()
    {
        StartInfo = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true },
    };

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
