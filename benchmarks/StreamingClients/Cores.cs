using System.Diagnostics;
using System.Globalization;

namespace StreamingClients;

/// <summary>
/// Keeps client and server apart: the first core for one, the rest for the other. By <c>taskset</c>, because a process that pins itself on Linux does not
/// reach the threads it has by then. On other systems nothing is pinned.
/// </summary>
internal static class Cores
{
    /// <summary>How this program is started once more.</summary>
    public static ProcessStartInfo Program(bool firstCore, params string[] arguments)
    {
        string[] program = ["dotnet", typeof(Cores).Assembly.Location, .. arguments];
        var rest = string.Create(CultureInfo.InvariantCulture, $"1-{Environment.ProcessorCount - 1}");
        string[] command = OperatingSystem.IsLinux() && Environment.ProcessorCount > 1 ? ["taskset", "-c", firstCore ? "0" : rest, .. program] : program;
        return new ProcessStartInfo(command[0], command[1..]);
    }
}
