using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using Microsoft.Win32;

namespace PerfAssert.Environments;

/// <summary>The processor's model.</summary>
internal static partial class CpuProbe
{
    private const string Unknown = "unknown";

    public static string Read()
    {
        var model = OperatingSystem.IsWindows() ? FromRegistry()
            : OperatingSystem.IsMacOS() ? CommandOutput.Read("/usr/sbin/sysctl", "-n machdep.cpu.brand_string").Text
            : FromCpuInfo(TextFile.TryRead("/proc/cpuinfo") ?? string.Empty);
        return string.IsNullOrWhiteSpace(model) ? Unknown : Clean(model);
    }

    /// <summary>The model in the text of <c>/proc/cpuinfo</c>; Arm kernels give numbers for it and no name.</summary>
    public static string? FromCpuInfo(string text)
    {
        var fields = text.Split('\n')
            .Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries))
            .Where(parts => parts.Length == 2)
            .ToLookup(parts => parts[0], parts => parts[1], StringComparer.OrdinalIgnoreCase);
        var name = fields["model name"].FirstOrDefault() ?? fields["Model"].FirstOrDefault();
        return name is null && fields["CPU part"].FirstOrDefault() is { } part
            ? $"Arm implementer {fields["CPU implementer"].FirstOrDefault() ?? Unknown}, part {part}"
            : name;
    }

    /// <summary>One spelling for one model: marks, doubled blanks and the nominal frequency some vendors append are taken out.</summary>
    public static string Clean(string model)
    {
        var words = model
            .Replace("(R)", " ", StringComparison.OrdinalIgnoreCase)
            .Replace("(TM)", " ", StringComparison.OrdinalIgnoreCase);
        return Blanks().Replace(Frequency().Replace(words, string.Empty), " ").Trim();
    }

    [SupportedOSPlatform("windows")]
    private static string? FromRegistry() =>
        Registry.GetValue(@"HKEY_LOCAL_MACHINE\HARDWARE\DESCRIPTION\System\CentralProcessor\0", "ProcessorNameString", null) as string;

    [GeneratedRegex(@"@?\s*\d+(\.\d+)?\s*[GM]Hz", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Frequency();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Blanks();
}
