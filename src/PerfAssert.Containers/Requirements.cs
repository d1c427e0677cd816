using PerfAssert.Containers.Starting;

namespace PerfAssert.Containers;

/// <summary>
/// What container tests need of a machine. Missing, a test is skipped; <c>PERFASSERT_REQUIRE=docker,gpu</c> makes it fail instead, so
/// that a build that should have them cannot stay green without.
/// </summary>
public static class Requirements
{
    internal const string Variable = "PERFASSERT_REQUIRE";
    internal const string DockerName = "docker";
    internal const string GpuName = "gpu";

    private static readonly Lazy<string?> MissingDocker = new(() =>
        MustHave(DockerName) ? null : Task.Run(() => Engine.MissingAsync(null, needsGpu: false, CancellationToken.None)).GetAwaiter().GetResult()?.Reason);

    /// <summary>
    /// Why a test that needs Docker should be skipped, for the <c>Skip</c> of an attribute of your own; null: it should run, because Docker
    /// answers or because <c>PERFASSERT_REQUIRE</c> demands it. Docker is asked once a process.
    /// </summary>
    public static string? SkipWithoutDocker => MissingDocker.Value;

    /// <summary>Ends with an exception if Docker does not answer.</summary>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <returns>A task that ends when Docker has answered.</returns>
    /// <exception cref="RequirementMissingException">Docker does not answer.</exception>
    public static Task DockerAsync(CancellationToken cancellationToken = default) => Engine.RequireAsync(null, needsGpu: false, cancellationToken);

    internal static bool MustHave(string requirement) => Parse(Environment.GetEnvironmentVariable(Variable)).Contains(requirement);

    internal static IReadOnlyList<string> Parse(string? value)
    {
        var names = (value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return names.FirstOrDefault(name => name is not (DockerName or GpuName)) is { } unknown
            ? throw new ArgumentException($"{Variable}={value}: '{unknown}' is not known. It is a list of {DockerName} and {GpuName}, such as {DockerName},{GpuName}.")
            : names;
    }
}
