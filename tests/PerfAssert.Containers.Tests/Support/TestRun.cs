using System.Runtime.CompilerServices;
using DotNet.Testcontainers.Configurations;

namespace PerfAssert.Containers.Tests.Support;

internal static class TestRun
{
    // The fake engine is no place for the container that cleans up.
    [ModuleInitializer]
    internal static void WithoutReaper() => TestcontainersSettings.ResourceReaperEnabled = false;
}
