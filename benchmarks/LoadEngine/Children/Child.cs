using System.Text.Json;
using LoadEngine.Generators;
using PerfAssert.Clients.Http;

namespace LoadEngine.Children;

/// <summary>The side of this program that sends: each generator runs in a fresh process of it.</summary>
internal static class Child
{
    public const string Verb = "child";
    public const string PerfAssert = "perfassert";
    public const string PerfAssertStamped = "perfassert-stamped";
    public const string Raw = "raw";
    public const string RawShortSlice = "raw-short-slice";
    public const string Floor = "floor";
    public const string ClientFloor = "client-floor";
    public const string Empty = "empty";
    public const string Hog = "hog";
    public const string Paired = "paired";

    private const string Prefix = "answer ";

    // Infinity and NaN occur: a percentile among timed-out requests, a maximum that is not known.
    public static JsonSerializerOptions Json { get; } = new()
    {
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>The command line of a child.</summary>
    /// <param name="child">Which.</param>
    /// <param name="job">What it has to do.</param>
    /// <param name="usualRuntime">Whether it runs without the settings in this program's own <c>runtimeconfig.json</c>.</param>
    /// <param name="environment">What its environment has besides.</param>
    public static Command CommandFor(string child, Job job, bool usualRuntime, IReadOnlyDictionary<string, string> environment) => new(
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
        [
            .. usualRuntime ? ["exec", "--runtimeconfig", UsualRuntime(job)] : Array.Empty<string>(),
            typeof(Child).Assembly.Location, Verb, child, JsonSerializer.Serialize(job, Json),
        ])
    {
        Environment = new Dictionary<string, string>(environment) { ["PERFASSERT_RESULTS"] = job.Folder },
    };

    /// <summary>What a child answered, as JSON.</summary>
    public static string Answer(string output) =>
        output.Split('\n').Single(line => line.StartsWith(Prefix, StringComparison.Ordinal))[Prefix.Length..];

    private static string UsualRuntime(Job job)
    {
        var path = job.FileOf("usual.runtimeconfig.json");
        File.WriteAllText(path, """{"runtimeOptions":{"tfm":"net10.0","framework":{"name":"Microsoft.NETCore.App","version":"10.0.0"}}}""");
        return path;
    }

    public static async Task<int> RunAsync(string child, string jobText)
    {
        var job = JsonSerializer.Deserialize<Job>(jobText, Json)!;
        object answer = child switch
        {
            PerfAssert => await PerfAssertLoad.RunAsync(job).ConfigureAwait(false),
            PerfAssertStamped => await PerfAssertLoad.RunAsync(job, LoadHandler.Create()).ConfigureAwait(false),
            Raw when job.Rate is null => await RawClosedLoop.RunAsync(job).ConfigureAwait(false),
            Raw => await RawOpenLoop.RunAsync(job, shortSlice: false).ConfigureAwait(false),
            RawShortSlice => await RawOpenLoop.RunAsync(job, shortSlice: true).ConfigureAwait(false),
            Floor => SpinningFloor.Run(job),
            ClientFloor => SpinningClient.Run(job),
            Empty => await EmptyMethod.RunAsync(job).ConfigureAwait(false),
            Hog => BusyNeighbour.Run(job),
            Paired => await PairedLoops.RunAsync(job).ConfigureAwait(false),
            _ => throw new ArgumentException($"There is no generator '{child}'.", nameof(child)),
        };
        Console.WriteLine(Prefix + JsonSerializer.Serialize(answer, Json));
        return 0;
    }
}
