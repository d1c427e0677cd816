using System.Runtime.CompilerServices;

namespace PerfAssert.Payloads;

/// <summary>How many payloads a pool may hold.</summary>
internal static class PoolSize
{
    private const int Most = 1_000_000;

    public static void Check(int count, [CallerArgumentExpression(nameof(count))] string? name = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Most, name);
    }
}
