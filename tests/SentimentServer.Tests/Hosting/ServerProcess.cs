using System.Diagnostics;
using System.Reflection;
using System.Text;

namespace SentimentServer.Tests.Hosting;

/// <summary>The server in a process of its own, on a free loopback port; gone when disposed of, or when the test process dies.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    // Generous, as it only bounds how long a broken server can hold up the tests.
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private const string ReadyPrefix = "listening on ";
    private const string GrpcPrefix = "gRPC on ";
    private const string MetricsPrefix = "metrics on ";

    private readonly Process _process;
    private readonly StringBuilder _errors = new();
    private readonly TaskCompletionSource<Uri> _bound = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Uri> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, e) => OnOutput(e.Data);
        process.ErrorDataReceived += (_, e) => OnError(e.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The path of the server's assembly.</summary>
    public static string AssemblyPath { get; } = typeof(ServerProcess).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "SentimentServer").Value!;

    // No proxy: one set for the machine knows nothing of this port.
    public HttpClient Client { get; } = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };

    /// <summary>The address of gRPC, once the server is ready.</summary>
    public Uri? GrpcAddress { get; private set; }

    /// <summary>The address of the metrics port, once the server is ready.</summary>
    public Uri? MetricsAddress { get; private set; }

    /// <summary>Starts the server and waits until it says that it is ready.</summary>
    public static async Task<ServerProcess> StartAsync(params string[] options)
    {
        var server = await StartUnreadyAsync(options);
        try
        {
            await server.WaitUntilReadyAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the server and waits until its port answers, ready or not.</summary>
    public static async Task<ServerProcess> StartUnreadyAsync(params string[] options)
    {
        var server = new ServerProcess(CreateProcess([AssemblyPath, "--port", "0", "--exit-with-parent", .. options]));
        try
        {
            server.Client.BaseAddress = await server._bound.Task.WaitAsync(Patience);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>A <c>dotnet</c> process, not yet started, with all its streams redirected.</summary>
    public static Process CreateProcess(IEnumerable<string> arguments) => new()
    {
        StartInfo = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        },
    };

    public Task<Uri> WaitUntilReadyAsync() => _ready.Task.WaitAsync(Patience);

    public void CloseInput() => _process.StandardInput.Close();

    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    public async Task<int> WaitForExitAsync()
    {
        using var timeout = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(timeout.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void OnOutput(string? line)
    {
        if (line is null)
        {
            Fail();
        }
        else if (line.StartsWith(ReadyPrefix, StringComparison.Ordinal))
        {
            _ready.TrySetResult(new Uri(line[ReadyPrefix.Length..]));
        }
        else if (line.StartsWith(GrpcPrefix, StringComparison.Ordinal))
        {
            GrpcAddress = new Uri(line[GrpcPrefix.Length..]);
        }
        else if (line.StartsWith(MetricsPrefix, StringComparison.Ordinal))
        {
            MetricsAddress = new Uri(line[MetricsPrefix.Length..]);
        }
    }

    private void OnError(string? line)
    {
        const string boundText = "Now listening on: ";
        if (line is null)
        {
            Fail();
        }
        else if (line.IndexOf(boundText, StringComparison.Ordinal) is >= 0 and var start)
        {
            _bound.TrySetResult(new Uri(line[(start + boundText.Length)..]));
        }
        else
        {
            lock (_errors)
            {
                _errors.AppendLine(line);
            }
        }
    }

    private void Fail()
    {
        lock (_errors)
        {
            var failure = new InvalidOperationException($"The server ended before it was ready: {_errors}");
            _bound.TrySetException(failure);
            _ready.TrySetException(failure);
        }
    }
}
