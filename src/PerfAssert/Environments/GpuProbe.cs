namespace PerfAssert.Environments;

/// <summary>The GPUs, as NVIDIA's driver names them.</summary>
internal static class GpuProbe
{
    public const string None = "none";
    public const string Unknown = "unknown";

    /// <summary>How long the driver's tool may take. Without persistence mode it loads the driver first, GPU by GPU.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static (string Name, string Driver) Read(string tool = "nvidia-smi")
    {
        var answer = CommandOutput.Read(tool, "--query-gpu=name,driver_version --format=csv,noheader", Limit);
        return answer.Found ? Parse(answer.Text) : (None, None);
    }

    /// <summary>
    /// Reads a line <c>name, driver</c> for each GPU. A tool that is there and does not answer is no proof that there is no GPU.
    /// </summary>
    public static (string Name, string Driver) Parse(string? csv)
    {
        var gpus = (csv ?? string.Empty).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(',', 2, StringSplitOptions.TrimEntries))
            .Where(parts => parts.Length == 2)
            .ToList();
        if (gpus.Count == 0)
        {
            return (Unknown, Unknown);
        }

        var names = gpus.GroupBy(parts => parts[0])
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => group.Count() == 1 ? group.Key : $"{group.Count()} x {group.Key}");
        return (string.Join(", ", names), gpus[0][1]);
    }
}
