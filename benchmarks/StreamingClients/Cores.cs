using System.Diagnostics;

namespace StreamingClients;

/// <summary>Keeps client and server apart: the first core for one, the rest for the other.</summary>
internal static class Cores
{
    public static void PinThisProcess(bool first)
    {
        if (Environment.ProcessorCount > 1 && (OperatingSystem.IsLinux() || OperatingSystem.IsWindows()))
        {
            using var process = Process.GetCurrentProcess();
            var all = process.ProcessorAffinity;
            process.ProcessorAffinity = first ? 1 : all & ~1;
        }
    }
}
