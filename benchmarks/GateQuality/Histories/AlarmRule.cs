namespace GateQuality.Histories;

/// <summary>A rule that says of each build whether it changed.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Of">One number a build: 1 slower, -1 faster, 0 nothing. Nobody says anything about the first five.</param>
internal sealed record AlarmRule(string Name, Func<BuildHistory, int[]> Of)
{
    /// <summary>Builds before anything is compared: as many as PerfAssert needs.</summary>
    public const int First = 5;

    /// <summary>A rule that looks at one build and those before it.</summary>
    public static AlarmRule OfBuild(string name, Func<BuildHistory, int, int> alarm) =>
        new(name, history => [.. Enumerable.Range(0, history.Builds.Length).Select(build => build < First ? 0 : alarm(history, build))]);
}
