using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace PerfAssert.Containers.Tests.Support;

/// <summary>A Docker engine on loopback: it records what it is asked and plays what it is told.</summary>
internal sealed class FakeEngine : IAsyncDisposable
{
    private const string IdPrefix = "4f1c0ffee00000000000000000000000000000000000000000000000000000";
    private readonly WebApplication app;
    private readonly List<JsonObject> created = [];
    private readonly HashSet<int> running = [];

    private FakeEngine(WebApplication app) => this.app = app;

    public Uri Endpoint => new(app.Urls.First().Replace("http://", "tcp://", StringComparison.Ordinal));

    /// <summary>Where every published port leads.</summary>
    public int PublishedPort { get; set; } = 1;

    /// <summary>The body of the last POST /containers/create, as it came.</summary>
    public JsonObject? Created => created.LastOrDefault();

    /// <summary>All of them in order: a container's number is its place.</summary>
    public IReadOnlyList<JsonObject> AllCreated => created;

    /// <summary>Those that run now.</summary>
    public IReadOnlyCollection<int> Running => running;

    /// <summary>The digest a registry knows an image by; the engine's own is that of its number.</summary>
    public string? RegistryDigest { get; set; }

    /// <summary>The texts put into the container before its start.</summary>
    public List<string> Files { get; } = [];

    public List<string> Requests { get; } = [];

    /// <summary>What the container wrote, by stream: 1 output, 2 error.</summary>
    public List<(byte Stream, string Text)> Log { get; } = [];

    /// <summary>Not null: it exits as soon as it is started.</summary>
    public int? ExitCode { get; set; }

    public bool OutOfMemory { get; set; }

    /// <summary>Which containers <see cref="StartError"/> means; null: all.</summary>
    public int? StartErrorOf { get; set; }

    /// <summary>Not null: the engine refuses to start it.</summary>
    public string? StartError { get; set; }

    /// <summary>Not null: an image cannot be pulled, and none is here unless <see cref="ImageIsHere"/>.</summary>
    public string? PullError { get; set; }

    public bool ImageIsHere { get; set; }

    /// <summary>Not null: what the image of a container is, is not told.</summary>
    public string? DigestError { get; set; }

    /// <summary>How many times the engine fails to stop a container before it does.</summary>
    public int StopErrors { get; set; }

    /// <summary>The container that is not removed; null: all are.</summary>
    public int? RemoveErrorOf { get; set; }

    public static async Task<FakeEngine> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var engine = new FakeEngine(builder.Build());
        engine.app.Run(engine.AnswerAsync);
        await engine.app.StartAsync();
        return engine;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (path.StartsWith("/v1.", StringComparison.Ordinal))
        {
            path = path[path.IndexOf('/', 1)..];
        }

        Requests.Add($"{context.Request.Method} {path}");
        var place = path.IndexOf(IdPrefix, StringComparison.Ordinal) is var at and >= 0
            ? int.Parse(path.AsSpan(at + IdPrefix.Length, 2), System.Globalization.CultureInfo.InvariantCulture)
            : -1;
        var container = place < 0 ? "" : IdPrefix + place.ToString("00", System.Globalization.CultureInfo.InvariantCulture);
        var action = place < 0 ? path : path.Replace(container, "ID", StringComparison.Ordinal);
        await ((context.Request.Method, action) switch
        {
            (_, "/_ping") => Text(context, 200, "OK"),
            ("GET", "/info") => Json(context, 200, """{ "ServerVersion": "1", "OperatingSystem": "fake", "Runtimes": {} }"""),
            ("GET", "/version") => Json(context, 200, """{ "ApiVersion": "1.44", "Os": "linux" }"""),
            ("POST", "/images/create") => PullError is null ? Json(context, 200, "{}") : Error(context, 404, PullError),
            ("GET", _) when path.StartsWith("/images/sha256:", StringComparison.Ordinal) && DigestError is not null => Error(context, 500, DigestError),
            ("GET", _) when path.StartsWith("/images/", StringComparison.Ordinal) =>
                PullError is null || ImageIsHere ? Json(context, 200, Image(path)) : Json(context, 404, """{ "message": "No such image" }"""),
            ("POST", "/containers/create") => CreateAsync(context),
            ("PUT", "/containers/ID/archive") => PutAsync(context),
            ("POST", "/containers/ID/start") => StartContainerAsync(context, place),
            ("POST", "/containers/ID/stop") => StopContainerAsync(context, place),
            ("DELETE", "/containers/ID") when place == RemoveErrorOf => Error(context, 500, "device or resource busy"),
            ("GET", "/containers/ID/json") => Json(context, 200, Inspect(place, container)),
            ("GET", "/containers/ID/logs") => WriteLogAsync(context),
            ("POST", "/containers/ID/wait") => Json(context, 200, $$"""{ "StatusCode": {{ExitCode ?? 0}} }"""),
            _ => Text(context, 204, null),
        });
    }

    private async Task CreateAsync(HttpContext context)
    {
        created.Add((JsonObject)(await JsonNode.ParseAsync(context.Request.Body))!);
        var id = IdPrefix + (created.Count - 1).ToString("00", System.Globalization.CultureInfo.InvariantCulture);
        await Json(context, 201, $$"""{ "Id": "{{id}}", "Warnings": [] }""");
    }

    private async Task PutAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        body.Position = 0;
        await using var tar = new System.Formats.Tar.TarReader(body);
        while (await tar.GetNextEntryAsync(copyData: true) is { } entry)
        {
            if (entry.DataStream is { } data)
            {
                using var text = new StreamReader(data);
                Files.Add($"{entry.Name}\n{await text.ReadToEndAsync()}");
            }
        }

        await Text(context, 200, null);
    }

    private string Image(string path)
    {
        var name = path["/images/".Length..^"/json".Length];
        return new JsonObject
        {
            ["Id"] = name.StartsWith("sha256:", StringComparison.Ordinal) ? name : "sha256:of-" + name,
            ["RepoDigests"] = RegistryDigest is null ? new JsonArray() : new JsonArray($"registry.example/some@{RegistryDigest}"),
        }.ToJsonString();
    }

    private Task StopContainerAsync(HttpContext context, int place)
    {
        if (StopErrors-- > 0)
        {
            return Error(context, 500, "cannot stop container");
        }

        running.Remove(place);
        return Text(context, 204, null);
    }

    private Task StartContainerAsync(HttpContext context, int place)
    {
        if (StartError is not null && (StartErrorOf ?? place) == place)
        {
            return Error(context, 500, StartError);
        }

        if (ExitCode is null)
        {
            running.Add(place);
        }

        return Text(context, 204, null);
    }

    private string Inspect(int place, string id)
    {
        var runs = running.Contains(place);
        var ports = (created[place]["ExposedPorts"]?.AsObject() ?? []).Select(port => $$"""
            "{{port.Key}}": [{ "HostIp": "127.0.0.1", "HostPort": "{{PublishedPort}}" }]
            """);
        return $$"""
            {
              "Id": "{{id}}",
              "Image": "sha256:{{place}}",
              "Name": "/fake",
              "Created": "2026-01-01T00:00:00Z",
              "Config": { "Tty": false },
              "State": {
                "Status": "{{(runs ? "running" : ExitCode is null ? "created" : "exited")}}",
                "Running": {{(runs ? "true" : "false")}},
                "ExitCode": {{ExitCode ?? 0}},
                "OOMKilled": {{(OutOfMemory ? "true" : "false")}},
                "StartedAt": "2026-01-01T00:00:00Z"
              },
              "NetworkSettings": { "Ports": { {{string.Join(',', ports)}} }, "Networks": {} }
            }
            """;
    }

    // Docker's frames: the stream, three zeros, the length, the bytes.
    private async Task WriteLogAsync(HttpContext context)
    {
        context.Response.ContentType = "application/vnd.docker.multiplexed-stream";
        await context.Response.StartAsync();
        foreach (var (stream, text) in Log)
        {
            var bytes = Encoding.UTF8.GetBytes(text + "\n");
            var head = new byte[8];
            head[0] = stream;
            BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), bytes.Length);
            await context.Response.Body.WriteAsync(head);
            await context.Response.Body.WriteAsync(bytes);
        }
    }

    private static Task Error(HttpContext context, int status, string message) =>
        Json(context, status, new JsonObject { ["message"] = message }.ToJsonString());

    private static Task Json(HttpContext context, int status, string json)
    {
        context.Response.ContentType = "application/json";
        return Text(context, status, json);
    }

    private static Task Text(HttpContext context, int status, string? text)
    {
        context.Response.StatusCode = status;
        return text is null ? Task.CompletedTask : context.Response.WriteAsync(text);
    }
}
