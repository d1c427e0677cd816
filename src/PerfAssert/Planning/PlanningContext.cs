namespace PerfAssert.Planning;

/// <summary>What a plan depends on beside the test: given from outside, so that planning reads no globals.</summary>
/// <param name="StartFolder">Full path of the folder from which <c>perf-budgets.json</c> is looked for, upwards: <see cref="PlanFolders.Start"/>.</param>
/// <param name="EnvironmentVariable">Reads an environment variable.</param>
/// <param name="Machine">The machine at hand.</param>
internal sealed record PlanningContext(string StartFolder, Func<string, string?> EnvironmentVariable, MachineFacts Machine)
{
    /// <summary>Full path of the folder of the test assembly.</summary>
    public string AssemblyFolder { get; init; } = StartFolder;

    /// <summary>The day by which waivers expire, in UTC.</summary>
    public DateOnly Today { get; init; } = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    /// <summary>An environment variable's value; <see langword="null"/> when it is not set or empty.</summary>
    public string? Variable(string name)
    {
        var value = EnvironmentVariable(name);
        return string.IsNullOrEmpty(value) ? null : value;
    }
}
