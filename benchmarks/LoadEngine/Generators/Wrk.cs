namespace LoadEngine.Generators;

/// <summary>wrk: closed loop, one epoll thread in C.</summary>
internal class Wrk : Generator
{
    public Wrk() => CanCount = false;

    public override string Name => "wrk";

    public override string? Missing => MissingUnlessOnPath(Name, "apt-get install wrk");

    public override bool HasRate => false;

    // Above its time limit wrk leaves requests out of its statistics: the stall would not be seen at all.
    public override Command CommandFor(Job job) => new(
        Name,
        [
            "-t1", $"-c{job.Connections}", $"-d{Number(Math.Ceiling(job.TotalSeconds))}s", "--timeout", "30s",
            .. job.Rate is { } rate ? [$"-R{rate}"] : Array.Empty<string>(),
            "-s", WriteResource(job, "report.lua"),
            job.Url.ToString(),
        ]);

    public override Report Read(Job job, string output)
    {
        var values = output.Split('\n').Single(line => line.StartsWith("report ", StringComparison.Ordinal)).Split(' ');
        return new Report(Parse(values[1]), Parse(values[2]), Parse(values[3]));
    }
}
