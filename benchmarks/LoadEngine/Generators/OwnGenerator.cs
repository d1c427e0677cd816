using System.Text.Json;
using LoadEngine.Children;

namespace LoadEngine.Generators;

/// <summary>A generator of this program, in a process of its own so that memory and CPU time are its own.</summary>
internal sealed class OwnGenerator(string child, string name) : Generator
{
    public static OwnGenerator PerfAssert { get; } = new(Child.PerfAssert, "PerfAssert");

    /// <summary>On the connections of PerfAssert's own clients, which tell when a request was sent and when its answer arrived.</summary>
    public static OwnGenerator PerfAssertStamped { get; } = new(Child.PerfAssertStamped, "PerfAssert, LoadHandler in its HttpClient");

    public static OwnGenerator Raw { get; } = new(Child.Raw, "raw HttpClient loop, nanosleep pacer");

    /// <summary>As <c>dotnet new console</c> would run it: with none of the runtime's settings that come with PerfAssert.</summary>
    public static OwnGenerator RawByDefault { get; } = new(Child.Raw, "the same, runtime as it comes") { CanCount = false, HasUsualRuntime = true };

    public static OwnGenerator RawShortSlice { get; } = new(Child.RawShortSlice, "the same, pacing thread with a 0.1 ms slice")
    {
        HasClosedLoop = false,
        CanCount = false,
    };

    // Code that is compiled again under way would be seen at its p99.
    public static OwnGenerator Floor { get; } = new(Child.Floor, "busy-spinning raw socket (the floor)")
    {
        CanCount = false,
        HasManyConnections = false,
        Environment = new Dictionary<string, string> { ["DOTNET_TieredCompilation"] = "0" },
    };

    public static OwnGenerator ClientFloor { get; } = new(Child.ClientFloor, "HttpClient on a busy-spinning socket (its floor)")
    {
        CanCount = false,
        HasManyConnections = false,
    };

    public override string Name => name;

    public override bool HasRate => true;

    public override bool HasWarmUp => true;

    private bool HasUsualRuntime { get; init; }

    private IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public override Command CommandFor(Job job) => Child.CommandFor(child, job, HasUsualRuntime, Environment);

    public override Report Read(Job job, string output) => JsonSerializer.Deserialize<Report>(Child.Answer(output), Child.Json)!;
}
