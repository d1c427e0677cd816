using System.Collections.Immutable;

namespace PerfAssert.Environments;

/// <summary>What people should know about where a run was made.</summary>
internal static class EnvironmentWarnings
{
    public static ImmutableArray<string> Of(EnvironmentFingerprint fingerprint) => fingerprint.Gpu != GpuProbe.Unknown ? []
        : [$"the GPU is unknown: nvidia-smi is there, but failed, named none or did not answer within {GpuProbe.Limit.TotalSeconds:0} s, " +
            "so that no \"when\" that names a GPU matches: PERFASSERT_ENVIRONMENT chooses an environment by its name"];
}
