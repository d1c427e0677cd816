using System.Collections.Immutable;
using System.Text.Json;

namespace PerfAssert.Baselines;

/// <summary>The noise floors of an environment's tests, in a file beside its folder of baselines.</summary>
internal static class NoiseStore
{
    public static string PathOf(BaselineStore store, string environment) => Path.Combine(store.Folder, environment + ".noise.json");

    /// <summary>By test; empty: nothing was calibrated.</summary>
    /// <exception cref="BaselineException">The file is damaged.</exception>
    public static ImmutableSortedDictionary<string, TestNoise> Read(BaselineStore store, string environment)
    {
        var path = PathOf(store, environment);
        try
        {
            return File.Exists(path)
                ? JsonSerializer.Deserialize(File.ReadAllText(path), BaselineFormat.Noise)!
                : ImmutableSortedDictionary<string, TestNoise>.Empty;
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new BaselineException($"{path} cannot be read: {exception.Message} Calibrate again with `perfgate calibrate`, or delete it.", exception);
        }
    }

    /// <summary>Puts the noise of some tests in the place of what was known of them.</summary>
    public static void Add(BaselineStore store, string environment, IEnumerable<KeyValuePair<string, TestNoise>> tests)
    {
        using var right = BaselineLock.Take(store.Folder, TimeProvider.System);
        var all = Read(store, environment).SetItems(tests);
        BaselineStore.Write(PathOf(store, environment), JsonSerializer.Serialize(all, BaselineFormat.Noise) + "\n");
    }
}
