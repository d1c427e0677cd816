namespace PerfAssert.Containers;

/// <summary>
/// Something the machine does not have: Docker, or a GPU. It makes a <c>[PerfFact]</c> or <c>[PerfTheory]</c> a skipped test, thrown by a
/// fixture or by the test, unless the environment variable <c>PERFASSERT_REQUIRE</c> names what is missing: then it is a failed one.
/// </summary>
public sealed class RequirementMissingException : Exception
{
    // What xunit v3, and PerfAssert.Xunit under xunit 2.9, understand as a skipped test.
    private const string SkipToken = "$XunitDynamicSkip$";

    private RequirementMissingException(string requirement, string reason, Exception? cause)
        : base(Requirements.MustHave(requirement) ? $"{reason} {Requirements.Variable} says that this machine has it." : SkipToken + reason, cause) =>
        (Requirement, Reason) = (requirement, reason);

    /// <summary>What is missing: <c>docker</c> or <c>gpu</c>, as <c>PERFASSERT_REQUIRE</c> names it.</summary>
    public string Requirement { get; }

    /// <summary>What is missing and how to get it, for people.</summary>
    public string Reason { get; }

    internal static RequirementMissingException Docker(Uri endpoint, string problem, Exception? cause = null) =>
        new(
            Requirements.DockerName,
            $"Docker is missing: nothing answers at {endpoint} ({problem.TrimEnd('.')}). Start Docker (or Podman with its Docker API), or say where it is with DOCKER_HOST.",
            cause);

    // Testcontainers asks for a newer API than an older engine has, and the engine says which it has.
    internal static RequirementMissingException Docker(Uri endpoint, Exception refused) =>
        new(
            Requirements.DockerName,
            $"Docker at {endpoint} refuses: {refused.Message.ReplaceLineEndings(" ")} If its API is too old, name the newest version it has: DOCKER_API_VERSION=1.41.",
            refused);

    internal static RequirementMissingException Gpu(string problem, Exception? cause = null) =>
        new(
            Requirements.GpuName,
            $"An NVIDIA GPU for containers is missing ({problem.TrimEnd('.')}). It takes a GPU, its driver and the NVIDIA Container Toolkit: 'docker run --rm --gpus all ubuntu nvidia-smi' must work.",
            cause);
}
