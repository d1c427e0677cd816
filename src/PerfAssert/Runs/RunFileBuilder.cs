using System.Collections.Immutable;
using System.Reflection;
using PerfAssert.Environments;
using PerfAssert.Expressions;
using PerfAssert.Judging;
using PerfAssert.Load;
using PerfAssert.Measurements;
using PerfAssert.Planning;

namespace PerfAssert.Runs;

/// <summary>Puts plan, measurement and judgement into the file's own words. Nothing leaves here with a secret in it.</summary>
internal static class RunFileBuilder
{
    private static readonly string LibraryVersion = Version();

    public static RunFile Build(
        PerfPlan plan,
        Measurement measurement,
        Judgement judgement,
        EnvironmentFingerprint fingerprint,
        DateTimeOffset startedAt,
        TimeSpan duration) => new()
        {
            LibraryVersion = LibraryVersion,
            TestName = plan.TestName,
            StartedAt = startedAt,
            DurationMs = duration.TotalMilliseconds,
            Mode = plan.Mode == PerfMode.Smoke ? RunMode.Smoke : RunMode.Gate,
            Outcome = Outcome(judgement),
            Commit = GitCommit.Current,
            Plan = Plan(plan),
            Fingerprint = fingerprint,
            Generator = Generator(measurement.Health),
            OpenLoop = measurement.OpenLoop,
            WarmUpRequests = measurement.WarmUpRequests,
            WarmUpFailures = measurement.WarmUpFailures,
            Aborted = Scrub(measurement.Aborted),
            Ended = measurement.Ended switch
            {
                EarlyEnd.Decided => RunEarlyEnd.Decided,
                EarlyEnd.MaxDuration => RunEarlyEnd.MaxDuration,
                _ => null,
            },
            MeasuredMs = measurement.MeasuredFor.TotalMilliseconds,
            Payloads = measurement.Payloads.IsEmpty ? null : [.. measurement.Payloads.Select(Payload)],
            Servers = measurement.Servers.IsEmpty ? null : Servers(measurement),
            MeanInputTokens = Mean(measurement, round => round.InputTokens),
            MeanOutputTokens = Mean(measurement, round => round.OutputTokens),
            Verdicts = [.. judgement.Verdicts.Select(Verdict)],
            InvalidReasons = Scrub(judgement.InvalidReasons),
            Warnings = Scrub([.. judgement.Warnings, .. EnvironmentWarnings.Of(fingerprint)]),
            Errors = ErrorGroups.Total(measurement.Rounds),
            Rounds = Rounds(measurement),
        };

    private static RunOutcome Outcome(Judgement judgement) =>
        judgement.InvalidReasons.Length > 0 ? RunOutcome.Invalid
        : judgement.Passed ? RunOutcome.Passed
        : RunOutcome.Failed;

    private static RunPlan Plan(PerfPlan plan) => new(
        new RunLoad(
            plan.Load.Expression.ToString(),
            plan.Load.WarmUp.Duration?.TotalMilliseconds,
            plan.Load.WarmUp.Requests,
            plan.Load.Rounds,
            plan.Load.Arrivals,
            plan.Load.RequestTimeout.TotalMilliseconds,
            plan.Load.MaxInFlight,
            plan.Load.Seed,
            plan.Load.MaxDuration?.TotalMilliseconds,
            plan.Load.EarlyEnd,
            Traces(plan.Load.Expression)),
        [.. plan.Budgets.Select(planned => new RunBudget(planned.Budget.ToString(), planned.Source))],
        RunPolicy.Of(plan.Policy),
        plan.EnvironmentName,
        plan.Price is { } price ? new RunPrice(price.UsdPerHour, price.Source) : null,
        Scrub(plan.Notes));

    private static ImmutableArray<RunTrace>? Traces(LoadExpression load) => load.Phases.OfType<LoadPhase.Trace>().Any()
        ? [.. load.Phases.OfType<LoadPhase.Trace>().Where(trace => trace.Recorded is not null).Select(trace => new RunTrace(
            trace.File, trace.Speed, trace.Recorded!.Count, trace.Duration.TotalMilliseconds, trace.Recorded.Sha256))]
        : null;

    private static RunPayload Payload(PayloadSet set) => new(SecretScrubber.ScrubName(set.Name), set.Sha256, set.Count, set.Tokens);

    private static ImmutableArray<RunServer> Servers(Measurement measurement) =>
    [
        .. measurement.Servers
            .GroupBy(use => (use.Variant, use.Server.Name, use.Server.Image, use.Server.Digest, use.Server.IsUnderTest))
            .OrderBy(starts => starts.Key.Variant)
            .Select(starts => new RunServer(
                starts.Key.Variant,
                SecretScrubber.ScrubName(starts.Key.Name),
                SecretScrubber.ScrubName(starts.Key.Image),
                starts.Key.Digest,
                starts.Key.IsUnderTest,
                [.. starts.Select(use => use.Server.ColdStart?.TotalMilliseconds).OfType<double>()])),
    ];

    private static ImmutableArray<RunRound> Rounds(Measurement measurement)
    {
        var streaming = measurement.Rounds.Where(round => round.Series.ContainsKey("ttft")).Select(round => round.Variant).ToHashSet();
        return [.. measurement.Rounds.Select(round => RoundBuilder.Build(round, streaming.Contains(round.Variant)))];
    }

    private static double? Mean(Measurement measurement, Func<Round, long> tokens)
    {
        var candidate = measurement.Rounds.Where(round => round.Variant == Variant.Candidate).ToList();
        var (sum, succeeded) = (candidate.Sum(tokens), candidate.Sum(round => round.Succeeded));
        return sum == 0 || succeeded == 0 ? null : (double)sum / succeeded;
    }

    private static RunGenerator Generator(GeneratorHealth health) => new(
        health.ProcessorTime.TotalMilliseconds,
        health.Elapsed.TotalMilliseconds,
        health.Cores,
        health.ProcessorShare,
        health.GcPauseTotal.TotalMilliseconds,
        health.GcPauseMax.TotalMilliseconds,
        health.GcCollections,
        health.ThreadPoolDelayP99.TotalMilliseconds,
        health.ThreadPoolDelayMax.TotalMilliseconds,
        health.ThreadPoolQueueMax,
        health.CoreWait.TotalMilliseconds,
        health.CoresIdle,
        health.CoresStolen,
        health.Throttled.TotalMilliseconds);

    private static RunVerdict Verdict(BudgetVerdict verdict) => new(
        verdict.Budget.Budget.ToString(),
        verdict.Budget.Source,
        verdict.Budget.Budget.Metric.Name,
        Kind(verdict.Verdict),
        verdict.Passed,
        verdict.Warned,
        Unit(verdict.Budget.Budget.Metric.Quantity),
        verdict.Observed,
        verdict.Lower,
        verdict.Upper,
        verdict.Budget.Budget.Limit.Amount?.Value,
        verdict.Count,
        verdict.EffectiveCount,
        verdict.NeededCount,
        Scrub(verdict.Note),
        verdict.Change is { } change ? Change(change) : null);

    private static RunChange Change(Change change) => new(
        change.Estimate,
        change.Lower,
        change.Upper,
        change.Allowed,
        change.IsDifference,
        change.PValue,
        change.ConfirmationPValue,
        change.Rounds,
        change.Detectable,
        change.NeededRounds,
        change.Improved,
        change.Against,
        change.Candidate,
        change.Reference,
        change.Confidence);

    private static RunVerdictKind Kind(Verdict verdict) => verdict switch
    {
        Judging.Verdict.Met => RunVerdictKind.Met,
        Judging.Verdict.Broken => RunVerdictKind.Broken,
        Judging.Verdict.Inconclusive => RunVerdictKind.Inconclusive,
        Judging.Verdict.NotComparable => RunVerdictKind.NotComparable,
        Judging.Verdict.NotMeasured => RunVerdictKind.NotMeasured,
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "The run file has no word for it."),
    };

    private static RunUnit Unit(Quantity quantity) => quantity switch
    {
        Quantity.Duration => RunUnit.Nanoseconds,
        Quantity.Share => RunUnit.Share,
        Quantity.PerSecond => RunUnit.PerSecond,
        Quantity.Usd => RunUnit.Usd,
        Quantity.Bytes => RunUnit.Bytes,
        Quantity.Watt => RunUnit.Watts,
        Quantity.Count => RunUnit.Number,
        _ => throw new ArgumentOutOfRangeException(nameof(quantity), quantity, "The run file has no unit for it."),
    };

    private static string? Scrub(string? text) => text is null ? null : SecretScrubber.Scrub(text);

    private static ImmutableArray<string> Scrub(ImmutableArray<string> texts) => [.. texts.Select(SecretScrubber.Scrub)];

    // Without the commit the SDK appends: that one is this library's, not that of the code under test.
    private static string Version() =>
        typeof(RunFile).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}
