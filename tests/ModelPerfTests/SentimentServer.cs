using System.Buffers;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Reflection;
using System.Text;
using System.Text.Json;
using PerfAssert.Clients.Http;
using Xunit;

namespace ModelPerfTests;

/// <summary>
/// The model server under test, as a process of its own on a free port. It ends with the tests: on disposal, and by itself when its
/// standard input closes, so also when the test host is killed.
/// </summary>
public sealed class SentimentServer : IAsyncLifetime, IDisposable
{
    private const string Announcement = "listening on ";
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(90);

    private readonly StringBuilder log = new();

    // An answer ends when it arrived, not when a busy test process got round to reading it.
    private readonly HttpClient http = new(LoadHandler.Create());
    private Process? process;

    public async Task InitializeAsync()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(ServerPath());
        start.ArgumentList.Add("--port");
        start.ArgumentList.Add("0");
        start.ArgumentList.Add("--exit-with-parent");

        // To watch a gate go red: SENTIMENT_SERVER_ARGS='--delay 300ms' dotnet test tests/ModelPerfTests
        foreach (var argument in (Environment.GetEnvironmentVariable("SENTIMENT_SERVER_ARGS") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            start.ArgumentList.Add(argument);
        }

        var ready = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Read(line.Data, ready);
        process.ErrorDataReceived += (_, line) => Read(line.Data, ready);
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException($"The model server ended before it was ready:\n{Log()}"));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            http.BaseAddress = await ready.Task.WaitAsync(StartTimeout);
        }
        catch (TimeoutException)
        {
            throw new InvalidOperationException($"The model server was not ready after {StartTimeout.TotalSeconds} s:\n{Log()}");
        }
    }

    /// <summary>Classifies one text over the Open Inference Protocol; throws unless the server answers with a label.</summary>
    public async Task<string> ClassifyAsync(string text, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(InferRequest(text));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await http.PostAsync(new Uri("v2/models/sentiment/infer", UriKind.Relative), content, cancellationToken);
        response.EnsureSuccessStatusCode();
        using var answer = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellationToken), default, cancellationToken);
        return answer.RootElement.GetProperty("outputs").EnumerateArray()
            .First(output => output.GetProperty("name").GetString() == "label")
            .GetProperty("data")[0].GetString()!;
    }

    public async Task DisposeAsync()
    {
        if (process is null)
        {
            return;
        }

        try
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(10));
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
        }
        finally
        {
            Dispose();
        }
    }

    /// <summary>Frees the handles; the process has ended by itself or was killed before.</summary>
    public void Dispose()
    {
        http.Dispose();
        process?.Dispose();
    }

    private static byte[] InferRequest(string text)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteStartArray("inputs");
            json.WriteStartObject();
            json.WriteString("name", "text");
            json.WriteString("datatype", "BYTES");
            json.WriteStartArray("shape");
            json.WriteNumberValue(1);
            json.WriteEndArray();
            json.WriteStartArray("data");
            json.WriteStringValue(text);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return body.WrittenSpan.ToArray();
    }

    private static string ServerPath() =>
        typeof(SentimentServer).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(data => data.Key == "SentimentServer").Value!;

    private void Read(string? line, TaskCompletionSource<Uri> ready)
    {
        if (line is null)
        {
            return;
        }

        lock (log)
        {
            log.AppendLine(line);
        }

        if (line.StartsWith(Announcement, StringComparison.Ordinal))
        {
            ready.TrySetResult(new Uri(line[Announcement.Length..].Trim().TrimEnd('/') + "/"));
        }
    }

    private string Log()
    {
        lock (log)
        {
            return log.ToString();
        }
    }
}
