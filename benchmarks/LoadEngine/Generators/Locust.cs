namespace LoadEngine.Generators;

/// <summary>Locust with FastHttpUser: Python, closed loop; a rate is a throughput that each user tries to keep.</summary>
internal sealed class Locust : Generator
{
    // Users of Locust are light threads that need some idle time to keep a pace.
    private const double RatePerUser = 20;

    public override string Name => "Locust FastHttpUser";

    public override string? Missing => MissingUnlessOnPath("locust", "apt-get install python3-locust");

    public override bool HasRate => true;

    public override Command CommandFor(Job job)
    {
        var users = job.Rate is { } rate ? (int)Math.Ceiling(rate / RatePerUser) : job.Connections;
        return new Command(
            "locust",
            [
                "-f", WriteResource(job, "locustfile.py"), "--headless", "--only-summary", "--loglevel", "ERROR",
                "-u", $"{users}", "-r", $"{users}",
                .. job.Requests is null ? ["-t", $"{Number(Math.Ceiling(job.TotalSeconds))}s"] : Array.Empty<string>(),
                "--csv", job.FileOf("locust"),
                "--host", job.Url.ToString().TrimEnd('/'),
            ])
        {
            Environment = new Dictionary<string, string>
            {
                ["RATE_PER_USER"] = job.Rate is { } perSecond ? Number((double)perSecond / users) : "0",
                ["REQUESTS"] = $"{job.Requests ?? 0}",
            },
        };
    }

    public override Report Read(Job job, string output)
    {
        var lines = File.ReadAllLines(job.FileOf("locust_stats.csv"));
        var names = lines[0].Split(',');
        var values = lines[1].Split(',');
        return new Report(Microseconds("50%"), Microseconds("99%"), Microseconds("100%"));

        double Microseconds(string name) => Parse(values[Array.IndexOf(names, name)]) * 1e3;
    }
}
