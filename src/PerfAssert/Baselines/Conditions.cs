using System.Collections.Immutable;
using System.Globalization;
using PerfAssert.Environments;
using PerfAssert.Measurements;

namespace PerfAssert.Baselines;

/// <summary>
/// What must be equal before two runs of a test can be compared, as named texts: where it ran and how it was loaded. Nothing that
/// changes by itself, such as a clock frequency, and nothing that names a machine.
/// </summary>
/// <remarks>A key that only one of two runs has is a difference: what is unknown is not equal.</remarks>
internal static class Conditions
{
    /// <summary>The conditions of a run.</summary>
    /// <param name="fingerprint">Where it ran.</param>
    /// <param name="load">How it was loaded: <see cref="LoadConditions"/>.</param>
    /// <param name="further">What else must be equal, by name: the hash of the payloads, the digest of an image. Without those that are not known.</param>
    public static ImmutableSortedDictionary<string, string> Of(
        EnvironmentFingerprint fingerprint, LoadConditions load, IEnumerable<KeyValuePair<string, string>>? further = null) =>
        new KeyValuePair<string, string>[]
        {
            new("cpu", fingerprint.Cpu),
            new("cores", Number(fingerprint.Cores)),
            new("memory", Number(fingerprint.MemoryGiB) + " GiB"),
            new("gpu", fingerprint.Gpu),
            new("gpu driver", fingerprint.GpuDriver),
            new("operating system", fingerprint.OperatingSystem),
            new("architecture", fingerprint.Architecture),
            new("runtime", fingerprint.Runtime),
            new("garbage collector", (fingerprint.ServerGc ? "server" : "workstation") + (fingerprint.ConcurrentGc ? ", concurrent" : ", not concurrent") + (fingerprint.Gen0BudgetMiB is { } budget ? $", generation 0 up to {Number(budget)} MiB" : string.Empty)),
            new("tiered compilation", fingerprint.TieredCompilation),
            new("container", fingerprint.Container ? "yes" : "no"),
            new("idle pool threads", fingerprint.PoolSpins ? "spin" : "sleep"),
            new("number of pool threads", fingerprint.PoolAdapts ? "adapts" : "does not adapt"),
            new("idle cores", fingerprint.CoresAwake ? "kept awake" : "sleep"),
            new("load", load.Expression),
            new("warm-up", load.WarmUp),
            new("rounds", Number(load.Rounds)),
            new("arrivals", load.Arrivals.ToString().ToLowerInvariant()),
            new("request timeout", load.RequestTimeoutMs.ToString("R", CultureInfo.InvariantCulture) + " ms"),
            new("max in flight", Number(load.MaxInFlight)),
            new("seed", Number(load.Seed)),
        }.Concat(further ?? []).ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>
    /// Payloads or replayed arrivals as conditions: the name says which, the hash what is in it. Both as they stand in run files, so that a run that is
    /// judged has the same ones.
    /// </summary>
    /// <param name="kind">What it is, for people.</param>
    /// <param name="contents">Names and hashes; several of one name are one condition.</param>
    public static IEnumerable<KeyValuePair<string, string>> Contents(string kind, IEnumerable<(string Name, string Sha256)> contents) =>
        contents.Select(content => (Name: SecretScrubber.ScrubName(content.Name), Sha256: SecretScrubber.ScrubName(content.Sha256))).Distinct()
            .GroupBy(content => content.Name, content => content.Sha256, StringComparer.Ordinal)
            .Select(named => KeyValuePair.Create($"{kind} {named.Key}", string.Join(", ", named.Order(StringComparer.Ordinal))));

    /// <summary>The images of the servers that answered, as conditions; by digest where it is known: a tag moves.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Images(IEnumerable<(string Server, string Image, string? Digest)> servers) =>
        Contents("image of", servers.Select(server => (server.Server, server.Digest ?? server.Image)));

    /// <summary>Whether nothing differs.</summary>
    public static bool AreEqual(ImmutableSortedDictionary<string, string> stored, ImmutableSortedDictionary<string, string> here) =>
        ReferenceEquals(stored, here) || (stored.Count == here.Count && stored.All(known => here.GetValueOrDefault(known.Key) == known.Value));

    /// <summary>What differs, each with both values: <c>gpu driver: 550.54 in the baseline, 560.1 here</c>.</summary>
    public static IEnumerable<string> Differences(IReadOnlyDictionary<string, string> stored, IReadOnlyDictionary<string, string> here) =>
        from key in stored.Keys.Union(here.Keys).Order(StringComparer.Ordinal)
        let there = stored.GetValueOrDefault(key)
        let now = here.GetValueOrDefault(key)
        where there != now
        select $"{key}: {there ?? "not recorded"} in the baseline, {now ?? "not recorded"} here";

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);
}
