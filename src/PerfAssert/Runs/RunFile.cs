using System.Collections.Immutable;
using System.Text.Json.Serialization;
using PerfAssert.Environments;

namespace PerfAssert.Runs;

/// <summary>
/// The record of one run of one performance test, as it stands in its file: the only input of every report and comparison.
/// Times are in milliseconds where the name says so, and values of verdicts in the verdict's unit. What is slower than everything
/// (a percentile among timed-out requests) is the JSON string <c>"Infinity"</c>, because JSON has no such number.
/// </summary>
/// <remarks>
/// A new member with a default is the same schema. A member that is renamed, removed or means something else is a new one:
/// raise <see cref="CurrentSchema"/>, and let <see cref="RunFileReader"/> say what to do with the old one.
/// </remarks>
internal sealed record RunFile
{
    /// <summary>The schema this version writes and reads.</summary>
    public const string CurrentSchema = "perfassert.run/1";

    [JsonPropertyOrder(-1)]
    public string Schema { get; init; } = CurrentSchema;

    /// <summary>Version of the library that wrote the file.</summary>
    public required string LibraryVersion { get; init; }

    /// <summary>Namespace.Class.Method, with theory arguments in brackets.</summary>
    public required string TestName { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Of the whole test: warm-up, rounds, drain and judging.</summary>
    public required double DurationMs { get; init; }

    public required RunMode Mode { get; init; }

    public required RunOutcome Outcome { get; init; }

    /// <summary>The commit that was tested; <see langword="null"/>: unknown.</summary>
    public required string? Commit { get; init; }

    public required RunPlan Plan { get; init; }

    public required EnvironmentFingerprint Fingerprint { get; init; }

    public required RunGenerator Generator { get; init; }

    /// <summary>Whether the measured part had a schedule: latency from the intended start.</summary>
    public required bool OpenLoop { get; init; }

    /// <summary>Requests sent before the measured part and left out of it.</summary>
    public required long WarmUpRequests { get; init; }

    /// <summary>How many of them failed.</summary>
    public required long WarmUpFailures { get; init; }

    /// <summary>Why the run was cut off; <see langword="null"/>: it was not.</summary>
    public required string? Aborted { get; init; }

    /// <summary>Why the last round ended before its time; <see langword="null"/>: it did not.</summary>
    public RunEarlyEnd? Ended { get; init; }

    /// <summary>Time of the measured rounds, drains included; 0: a file older than this key.</summary>
    public double MeasuredMs { get; init; }

    /// <summary>What the requests were made of, by name; <see langword="null"/>: no request said so, or a file older than this key.</summary>
    public ImmutableArray<RunPayload>? Payloads { get; init; }

    /// <summary>What the requests went to; <see langword="null"/>: no request said so, or a file older than this key.</summary>
    public ImmutableArray<RunServer>? Servers { get; init; }

    /// <summary>Input tokens of a successful request of the candidate, on average; <see langword="null"/>: none were counted, or an older file.</summary>
    public double? MeanInputTokens { get; init; }

    /// <summary>As <see cref="MeanInputTokens"/>, for output tokens.</summary>
    public double? MeanOutputTokens { get; init; }

    /// <summary>One for each budget, in the plan's order.</summary>
    public required ImmutableArray<RunVerdict> Verdicts { get; init; }

    /// <summary>Why the run says nothing about the server; empty: it is valid.</summary>
    public required ImmutableArray<string> InvalidReasons { get; init; }

    public required ImmutableArray<string> Warnings { get; init; }

    /// <summary>Failures of all rounds by type and message, most frequent first.</summary>
    public required ImmutableArray<RunError> Errors { get; init; }

    /// <summary>Measured passes of the load, in order.</summary>
    public required ImmutableArray<RunRound> Rounds { get; init; }

    /// <summary>Where it ran, in one line for people.</summary>
    [JsonIgnore]
    public string Machine => Fingerprint.ToString();
}
