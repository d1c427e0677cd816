namespace LoadEngine.Generators;

/// <summary>h2load in HTTP/1.1: closed loop in C++; a rate is one for each connection.</summary>
internal sealed class H2Load : Generator
{
    public override string Name => "h2load";

    public override string? Missing => MissingUnlessOnPath(Name, "apt-get install nghttp2-client");

    public override bool HasRate => true;

    public override Command CommandFor(Job job) => new(
        Name,
        [
            "--h1", "-t", "1", "-c", $"{job.Connections}",
            .. job.Requests is { } requests ? ["-n", $"{requests}"] : new[] { "-D", $"{Number(Math.Ceiling(job.TotalSeconds))}s" },
            .. job.Rate is { } rate ? ["--rps", Number((double)rate / job.Connections)] : Array.Empty<string>(),
            .. job.WantsReport ? ["--log-file", job.FileOf("requests.tsv")] : Array.Empty<string>(),
            job.Url.ToString(),
        ]);

    public override Report Read(Job job, string output) =>
        Report.Of([.. File.ReadLines(job.FileOf("requests.tsv")).Select(line => Parse(line.Split('\t')[2]))]);
}
