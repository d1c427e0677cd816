namespace LoadEngine.Generators;

/// <summary>ab: closed loop in C, HTTP/1.0 with keep-alive.</summary>
internal sealed class Ab : Generator
{
    // It keeps a record of each request it might send.
    private const int MostRequests = 3_000_000;

    public override string Name => "ab";

    public override string? Missing => MissingUnlessOnPath(Name, "apt-get install apache2-utils");

    public override bool HasRate => false;

    public override Command CommandFor(Job job) => new(
        Name,
        [
            "-k", "-q", "-c", $"{job.Connections}", "-e", job.FileOf("percentiles.csv"),
            .. job.Requests is { } requests
                ? ["-n", $"{requests}"]
                : new[] { "-t", Number(Math.Ceiling(job.TotalSeconds)), "-n", $"{MostRequests}" },
            job.Url.ToString(),
        ]);

    public override Report Read(Job job, string output)
    {
        var rows = File.ReadLines(job.FileOf("percentiles.csv")).Skip(1).Select(line => line.Split(','))
            .ToDictionary(row => (int)Parse(row[0]), row => Parse(row[1]) * 1e3);
        var longest = output.Split('\n').SingleOrDefault(line => line.Contains("(longest request)", StringComparison.Ordinal));
        return new Report(rows[50], rows[99], longest is null ? double.NaN : Parse(longest.Trim()[4..].Split('(')[0]) * 1e3);
    }
}
