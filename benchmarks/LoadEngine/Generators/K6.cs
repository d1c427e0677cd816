using System.Text.Json;

namespace LoadEngine.Generators;

/// <summary>k6: Go with JavaScript; users, or arrivals at a constant rate.</summary>
internal sealed class K6 : Generator
{
    public override string Name => "k6";

    public override string? Missing => MissingUnlessOnPath(Name, "get it from github.com/grafana/k6 and put it on PATH");

    public override bool HasRate => true;

    public override Command CommandFor(Job job) => new(Name, "run", "--quiet", "--no-usage-report", WriteResource(job, "k6.js"))
    {
        Environment = new Dictionary<string, string>
        {
            ["RATE"] = $"{job.Rate ?? 0}",
            ["REQUESTS"] = $"{job.Requests ?? 0}",
            ["USERS"] = $"{job.Connections}",
            ["SECONDS"] = Number(Math.Ceiling(job.TotalSeconds)),
            ["URL"] = job.Url.ToString(),
            ["REPORT"] = job.FileOf("k6.json"),
        },
    };

    public override Report Read(Job job, string output)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(job.FileOf("k6.json")));
        return new Report(Microseconds("p(50)"), Microseconds("p(99)"), Microseconds("max"));

        double Microseconds(string name) => json.RootElement.GetProperty(name).GetDouble() * 1e3;
    }
}
