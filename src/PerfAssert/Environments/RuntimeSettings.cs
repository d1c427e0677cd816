namespace PerfAssert.Environments;

/// <summary>Settings of the .NET runtime that change how fast managed code runs.</summary>
internal static class RuntimeSettings
{
    public static bool IsGcConcurrent() =>
        GC.GetConfigurationVariables().TryGetValue("ConcurrentGC", out var concurrent) ? concurrent is true : true;

    /// <summary>The most that is allocated between two collections of the youngest generation, in MiB; <see langword="null"/>: what the collector chooses.</summary>
    public static int? Gen0BudgetMiB() =>
        GC.GetConfigurationVariables().TryGetValue("GCGen0MaxBudget", out var budget) && budget is long and > 0 and var bytes ? (int)Math.Max(1, bytes >> 20) : null;

    /// <summary>Whether idle threads of the pool spin before they sleep.</summary>
    public static bool PoolSpins() =>
        (Environment.GetEnvironmentVariable("DOTNET_ThreadPool_UnfairSemaphoreSpinLimit") ?? Data("System.Threading.ThreadPool.UnfairSemaphoreSpinLimit")) is not "0";

    /// <summary>Whether the pool tries other numbers of threads all the time (hill climbing).</summary>
    public static bool PoolAdapts() => (Environment.GetEnvironmentVariable("DOTNET_HillClimbing_Disable") is { Length: > 0 } text
        ? text.Trim() is "0"
        : !string.Equals(Data("System.Threading.ThreadPool.HillClimbing.Disable"), "true", StringComparison.OrdinalIgnoreCase));

    public static string TieredCompilation() => TieredCompilation(Environment.GetEnvironmentVariable, Data);

    /// <summary>The setting in force: an environment variable wins over the project's setting, and on is the default.</summary>
    public static string TieredCompilation(Func<string, string?> variable, Func<string, string?> configured)
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

        if ((variable("DOTNET_TC_CallCountingDelayMs") ?? configured("System.Runtime.TieredCompilation.CallCountingDelayMs"))?.Trim() is "0")
        {
            off.Add(", no delay");
        }

        return "on" + string.Concat(off);

        bool InForce(string name, string setting) =>
            (variable("DOTNET_" + name) ?? variable("COMPlus_" + name)) is { Length: > 0 } text
                ? text.Trim() is not "0"
                : !string.Equals(configured("System.Runtime." + setting), "false", StringComparison.OrdinalIgnoreCase);
    }

    private static string? Data(string name) => Convert.ToString(AppContext.GetData(name), System.Globalization.CultureInfo.InvariantCulture);
}
