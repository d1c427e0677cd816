namespace PerfAssert.Environments;

/// <summary>Settings of the .NET runtime that change how fast managed code runs.</summary>
internal static class RuntimeSettings
{
    public static bool IsGcConcurrent() =>
        GC.GetConfigurationVariables().TryGetValue("ConcurrentGC", out var concurrent) ? concurrent is true : true;

    public static string TieredCompilation() => TieredCompilation(Environment.GetEnvironmentVariable, Switch);

    /// <summary>The setting in force: an environment variable wins over the project's setting, and on is the default.</summary>
    public static string TieredCompilation(Func<string, string?> variable, Func<string, bool?> configured)
    {
        if (!InForce("TieredCompilation", "TieredCompilation"))
        {
            return "off";
        }

        var off = new List<string>();
        if (!InForce("TC_QuickJit", "TieredCompilation.QuickJit"))
        {
            off.Add(", no quick JIT");
        }

        if (!InForce("TieredPGO", "TieredPGO"))
        {
            off.Add(", no PGO");
        }

        return "on" + string.Concat(off);

        bool InForce(string name, string setting) =>
            (variable("DOTNET_" + name) ?? variable("COMPlus_" + name)) is { Length: > 0 } text
                ? text.Trim() is not "0"
                : configured("System.Runtime." + setting) ?? true;
    }

    private static bool? Switch(string name) => AppContext.TryGetSwitch(name, out var on) ? on : null;
}
