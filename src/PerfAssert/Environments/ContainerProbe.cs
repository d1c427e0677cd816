namespace PerfAssert.Environments;

/// <summary>Whether this process runs in a container: by what .NET's images say, by what engines leave, by its control group.</summary>
internal static class ContainerProbe
{
    private static readonly string[] Engines = ["docker", "kubepods", "containerd", "libpod", "lxc"];

    public static bool IsContainer() =>
        Environment.GetEnvironmentVariable("DOTNET_RUNNING_IN_CONTAINER") is "true" or "1"
        || Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST") is { Length: > 0 }
        || File.Exists("/.dockerenv")
        || File.Exists("/run/.containerenv")
        || IsContainerGroup(TextFile.TryRead("/proc/1/cgroup") ?? string.Empty);

    /// <summary>Whether the text of <c>/proc/1/cgroup</c> names a container engine.</summary>
    public static bool IsContainerGroup(string cgroups) => Engines.Any(engine => cgroups.Contains(engine, StringComparison.Ordinal));
}
