using System.Text.Json;

namespace LoadEngine.Generators;

/// <summary>autocannon: Node.js, closed loop or a rate.</summary>
internal sealed class Autocannon : Generator
{
    public override string Name => "autocannon";

    public override string? Missing => MissingUnlessOnPath(Name, "npm install --global autocannon");

    public override bool HasRate => true;

    public override Command CommandFor(Job job) => new(
        Name,
        [
            "--json", "--no-progress", "--timeout", "30", "-c", $"{job.Connections}",
            .. job.Requests is { } requests ? ["-a", $"{requests}"] : new[] { "-d", Number(Math.Ceiling(job.TotalSeconds)) },
            .. job.Rate is { } rate ? ["-R", $"{rate}"] : Array.Empty<string>(),
            job.Url.ToString(),
        ]);

    public override Report Read(Job job, string output)
    {
        using var json = JsonDocument.Parse(output.Split('\n').First(line => line.StartsWith('{')));
        var latency = json.RootElement.GetProperty("latency");
        return new Report(Microseconds("p50"), Microseconds("p99"), Microseconds("max"));

        double Microseconds(string name) => latency.GetProperty(name).GetDouble() * 1e3;
    }
}
