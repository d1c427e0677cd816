using System.Globalization;

namespace LoadEngine.Generators;

/// <summary>One load generator and how it is driven.</summary>
internal abstract class Generator
{
    public abstract string Name { get; }

    /// <summary>How to get it; <see langword="null"/>: it is there.</summary>
    public virtual string? Missing => null;

    /// <summary>Whether it can send on a schedule.</summary>
    public abstract bool HasRate { get; }

    /// <summary>Whether it keeps connections busy without a schedule.</summary>
    public bool HasClosedLoop { get; init; } = true;

    /// <summary>Whether that is as many connections as the job says; one otherwise.</summary>
    public bool HasManyConnections { get; init; } = true;

    /// <summary>Whether it warms up first and says with how many requests; the others just begin.</summary>
    public virtual bool HasWarmUp => false;

    /// <summary>Whether it can send a given number of requests.</summary>
    public bool CanCount { get; init; } = true;

    /// <summary>Its command line; files it needs are written to the job's folder.</summary>
    public abstract Command CommandFor(Job job);

    /// <summary>What it reported.</summary>
    /// <param name="job">With <see cref="Job.WantsReport"/>.</param>
    /// <param name="output">Its standard output.</param>
    public abstract Report Read(Job job, string output);

    protected static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));

    protected static string? MissingUnlessOnPath(string program, string install) => IsOnPath(program) ? null : install;

    protected static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);

    protected static double Parse(string text) => double.Parse(text.Trim(), CultureInfo.InvariantCulture);

    /// <summary>A file that comes with this program, written where the tool reads it.</summary>
    protected static string WriteResource(Job job, string name, Func<string, string>? edit = null)
    {
        using var reader = new StreamReader(typeof(Generator).Assembly.GetManifestResourceStream(name)!);
        var path = job.FileOf(name);
        File.WriteAllText(path, (edit ?? (text => text))(reader.ReadToEnd()));
        return path;
    }
}
