using System.Text.Json;

namespace PerfAssert.Baselines;

/// <summary>The noise floors that were calibrated: a file a test, as its baseline has one, in a folder beside those of its environment.</summary>
internal static class NoiseStore
{
    public const string FolderName = "noise";

    public static string PathOf(BaselineStore store, string environment, string test)
    {
        var baseline = store.PathOf(environment, test);
        return Path.Combine(Path.GetDirectoryName(baseline)!, FolderName, Path.GetFileName(baseline));
    }

    /// <summary>A test's noise; <see langword="null"/>: it was not calibrated.</summary>
    /// <exception cref="BaselineException">The file is damaged, or cannot be read.</exception>
    public static TestNoise? Find(BaselineStore store, string environment, string test)
    {
        var path = PathOf(store, environment, test);
        try
        {
            var noise = BaselineStore.Bytes(path) is { } text ? JsonSerializer.Deserialize(text, BaselineFormat.Noise) : null;
            return noise is null || (noise.Test == test && noise.Environment == environment)
                ? noise
                : throw new BaselineException($"{path} is the noise of {noise.Test} in environment {noise.Environment}. Calibrate again with `perfgate calibrate`, or delete it.");
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new BaselineException($"{path} cannot be read: {exception.Message} Calibrate again with `perfgate calibrate`, or delete it.", exception);
        }
    }

    /// <summary>Puts noise in the place of what was known of the test.</summary>
    public static void Put(BaselineStore store, TestNoise noise)
    {
        using var right = BaselineLock.Take(store.Folder, TimeProvider.System);
        store.IgnoreLock();
        BaselineStore.Write(PathOf(store, noise.Environment, noise.Test), JsonSerializer.Serialize(noise, BaselineFormat.Noise) + "\n");
    }
}
