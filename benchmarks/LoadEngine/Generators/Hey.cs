namespace LoadEngine.Generators;

/// <summary>hey: closed loop in Go; a rate is a ticker for each worker.</summary>
internal sealed class Hey : Generator
{
    public override string Name => "hey";

    public override string? Missing => MissingUnlessOnPath(Name, "apt-get install hey");

    public override bool HasRate => true;

    public override Command CommandFor(Job job) => new(
        Name,
        [
            "-c", $"{job.Connections}", "-t", "30",
            .. job.Requests is { } requests ? ["-n", $"{requests}"] : new[] { "-z", $"{Number(job.TotalSeconds)}s" },
            .. job.Rate is { } rate ? ["-q", Number((double)rate / job.Connections)] : Array.Empty<string>(),
            .. job.WantsReport ? ["-o", "csv"] : Array.Empty<string>(),
            job.Url.ToString(),
        ]);

    public override Report Read(Job job, string output) => Report.Of(
        [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => Parse(line.Split(',')[0]) * 1e6)]);
}
