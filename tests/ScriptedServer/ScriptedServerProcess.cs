using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Runtime.InteropServices;

namespace Scripted;

/// <summary>The server in a process of its own; gone when disposed of, or when this process dies.</summary>
public sealed class ScriptedServerProcess : IAsyncDisposable
{
    private const string Announcement = "listening on ";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private bool started;

    // No proxy: one set for the machine knows nothing of this port.
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };

    private ScriptedServerProcess(Process process) => this.process = process;

    /// <summary>Address of the server, <c>http://127.0.0.1:PORT/</c>: every path but those under <c>/control/</c> is answered by the script.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>The server's process id.</summary>
    public int ProcessId => process.Id;

    /// <summary>Starts the server and waits until it listens.</summary>
    /// <param name="options">Its command line, <c>--service constant:5ms</c> and the like; the port is a free one unless given.</param>
    /// <returns>The running server.</returns>
    /// <exception cref="InvalidOperationException">It did not start; the message has what it said.</exception>
    public static Task<ScriptedServerProcess> StartAsync(params string[] options) => StartAsync(null, options);

    /// <summary>Starts the server on one core and waits until it listens.</summary>
    /// <param name="core">The core it may use, by <c>taskset</c>; <see langword="null"/>: any.</param>
    /// <param name="options">Its command line.</param>
    /// <returns>The running server.</returns>
    /// <exception cref="InvalidOperationException">It did not start; the message has what it said.</exception>
    public static async Task<ScriptedServerProcess> StartAsync(int? core, params string[] options)
    {
        string[] pinning = core is { } number ? ["taskset", "-c", number.ToString(CultureInfo.InvariantCulture)] : [];
        string[] command =
        [
            .. pinning,
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            typeof(ScriptedServerProcess).Assembly.Location,
            "--exit-with-stdin",
            .. options,
        ];
        var server = new ScriptedServerProcess(new Process
        {
            StartInfo = new ProcessStartInfo(command[0], command[1..])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        });
        try
        {
            await server.StartAsync().ConfigureAwait(false);
            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The log since the last reset.</summary>
    /// <returns>The stamps of every request the log holds.</returns>
    public async Task<RequestStamps> ReadLogAsync()
    {
        var bytes = await http.GetByteArrayAsync(new Uri(Url, "control/log")).ConfigureAwait(false);
        return Split(MemoryMarshal.Cast<byte, long>(bytes));
    }

    /// <summary>What the server counted.</summary>
    /// <returns>The counts.</returns>
    public async Task<ServerStatistics> ReadStatisticsAsync() =>
        (await http.GetFromJsonAsync<ServerStatistics>(new Uri(Url, "control/stats")).ConfigureAwait(false))!;

    /// <summary>Clears the log, seeds the service times again, and lets the next request count as the first for the stall.</summary>
    /// <returns>When it is done.</returns>
    public async Task ResetAsync()
    {
        using var response = await http.PostAsync(new Uri(Url, "control/reset"), null).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Kills the server at once, as a crash would; its connections are reset.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (started)
        {
            process.Kill();

            await process.WaitForExitAsync().ConfigureAwait(false);
        }

        process.Dispose();
    }

    private static RequestStamps Split(ReadOnlySpan<long> pairs)
    {
        var arrived = new long[pairs.Length / 2];
        var answered = new long[arrived.Length];
        for (var i = 0; i < arrived.Length; i++)
        {
            arrived[i] = pairs[2 * i];
            answered[i] = pairs[(2 * i) + 1];
        }

        return new RequestStamps(arrived, answered);
    }

    private async Task StartAsync()
    {
        started = process.Start();
        using var timeout = new CancellationTokenSource(Patience);
        var line = await process.StandardOutput.ReadLineAsync(timeout.Token).ConfigureAwait(false);
        if (line is null || !line.StartsWith(Announcement, StringComparison.Ordinal))
        {
            throw new InvalidOperationException(
                $"The scripted server did not start: {line}{await process.StandardError.ReadToEndAsync(timeout.Token).ConfigureAwait(false)}");
        }

        Url = new Uri(line[Announcement.Length..] + "/");
    }
}
