using System.Runtime.InteropServices;
using Xunit;

namespace PerfAssert.Clients.Tests.Support;

/// <summary>A fact about when the kernel saw an answer: skipped where it does not say.</summary>
public sealed class ArrivalFactAttribute : FactAttribute
{
    public ArrivalFactAttribute() => Skip = Reason;

    public static string? Reason => OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64
        ? null
        : "Only Linux on x86-64 and Arm64 tells a client when bytes arrived.";
}
