using System.Collections.Immutable;
using PerfAssert.Baselines;
using PerfAssert.Budgets;
using PerfAssert.Environments;
using PerfAssert.Judging;
using PerfAssert.Load;
using PerfAssert.Measurements;
using PerfAssert.Planning;
using PerfAssert.Reports;
using PerfAssert.Runs;

namespace PerfAssert;

/// <summary>Plan, load, judge, write, render: one performance test from its declaration to its result. Adapters call this.</summary>
internal static class PerfRunner
{
    /// <summary>
    /// Runs one test. The caller holds the <see cref="ExclusiveTurn"/>. A broken budget is a result, not an exception.
    /// </summary>
    /// <exception cref="PerfPlanException">The test cannot be planned: wrong attributes, wrong perf-budgets.json, no budget.</exception>
    /// <exception cref="RunFileException">The results folder cannot be written; found before the first request is sent.</exception>
    public static Task<PerfResult> RunAsync(
        TestDeclaration declaration, RequestMethod method, IVersionedEndpoint? endpoint, CancellationToken cancellationToken) =>
        RunAsync(declaration, method, endpoint, EarlyEndRule.FirstLook, EarlyEndRule.IsDecided, cancellationToken);

    /// <summary>The same with another moment of the first look, and another answer to it: the seam that tests replace, so that nothing waits 10 s.</summary>
    internal static async Task<PerfResult> RunAsync(
        TestDeclaration declaration,
        RequestMethod method,
        IVersionedEndpoint? endpoint,
        TimeSpan firstLook,
        Func<PerfPlan, Measurement, Level, bool> isDecided,
        CancellationToken cancellationToken)
    {
        var fingerprint = EnvironmentProbe.Read();
        var context = new PlanningContext(
            PlanFolders.Start(AppContext.BaseDirectory, AppContext.GetData(PlanFolders.ProjectFolderOption) as string),
            Environment.GetEnvironmentVariable,
            new MachineFacts(fingerprint.Gpu, fingerprint.Cpu, EnvironmentProbe.OperatingSystemFamily))
        {
            AssemblyFolder = AppContext.BaseDirectory,
        };
        var plan = WithReference(Planner.Plan(declaration, context), endpoint);
        RejectUnprovable(plan);
        plan = WithStoredRuns(plan, fingerprint);
        RunFileWriter.EnsureWritable(plan.ResultsFolder);

        var time = TimeProvider.System;
        var (startedAt, start) = (time.GetUtcNow(), time.GetTimestamp());
        var (measurement, judgement, level) = await MeasureAsync(plan, method, endpoint, firstLook, isDecided, cancellationToken).ConfigureAwait(false);
        judgement = judgement with { Warnings = [.. judgement.Warnings, .. declaration.Warnings] };
        var took = time.GetElapsedTime(start);
        var run = RunFileBuilder.Build(plan, measurement, judgement, fingerprint, startedAt, took);
        try
        {
            var path = RunFileWriter.Write(plan.ResultsFolder, run);
            return new PerfResult(judgement.Passed, ConsoleReport.Render(run, path), path, JudgeAgain);
        }
        catch (RunFileException exception)
        {
            // What was measured is not lost with the file, and is not green without it.
            var text = $"FAILED: {exception.Message}{Environment.NewLine}{ConsoleReport.Render(run, null)}";
            return new PerfResult(passed: false, text, null, JudgeAgain);
        }

        PerfResult JudgeAgain(ImmutableArray<PlannedBudget> budgets)
        {
            // Nothing is measured for these budgets: they have the second block that other budgets asked for, or none, and the requests that were good then.
            var confirms = plan.Confirms && SecondBlock.IsMeasured(plan, measurement);
            var other = WithStoredRuns(plan with { Budgets = budgets, Confirms = confirms, GoodputRule = plan.GoodputRule }, fingerprint);
            var again = Judge.Decide(other, measurement, level);
            var rendered = ConsoleReport.Render(RunFileBuilder.Build(other, measurement, again, fingerprint, startedAt, took), null);
            return new PerfResult(again.Passed, rendered, null, JudgeAgain);
        }
    }

    private static async Task<(Measurement Measurement, Judgement Judgement, Level Level)> MeasureAsync(
        PerfPlan plan,
        RequestMethod method,
        IVersionedEndpoint? endpoint,
        TimeSpan firstLook,
        Func<PerfPlan, Measurement, Level, bool> isDecided,
        CancellationToken cancellationToken)
    {
        var load = plan.Mode == PerfMode.Smoke
            ? plan.Load with { Expression = new LoadExpression([new LoadPhase.FixedRequests(1, 1)]), WarmUp = WarmUp.None, Rounds = 1 }
            : plan.Load;
        var runner = new LoadRunner(load, method, plan.GoodputRule, LoadClock.System, endpoint);
        using var awake = IdleCores.KeepAwake();
        await runner.WarmUpAsync(cancellationToken).ConfigureAwait(false);
        var interim = 0;
        var looks = EarlyEndRule.Allows(plan) ? new InterimLooks(firstLook, IsDecided) : null;
        for (var look = 1; ; look++)
        {
            await runner.MeasureAsync(looks, cancellationToken).ConfigureAwait(false);
            var measurement = runner.Read();
            var level = measurement.Ended == EarlyEnd.Decided ? Interim() : Level.Whole(plan.Policy.Confidence, Judge.DefaultLooks);
            var judgement = Judge.Decide(plan, measurement, level);
            if (!Judge.CouldDecideWithMore(plan, measurement, judgement, Judge.DefaultLooks, look) || !runner.HasTimeForMore)
            {
                return (measurement, judgement, level);
            }
        }

        // Numbered over all rounds: a repeated round looks again at a sample that holds the first one.
        bool IsDecided(Measurement soFar)
        {
            interim++;
            return isDecided(plan, soFar, Interim());
        }

        Level Interim() => Level.Interim(plan.Policy.Confidence, interim, Judge.DefaultLooks);
    }

    // A reference that cannot be had is not waited for: the candidate is measured alone.
    private static PerfPlan WithReference(PerfPlan plan, IVersionedEndpoint? endpoint) =>
        plan.Load.HasReference && endpoint?.NoReference is { } reason
            ? plan with { Load = plan.Load with { HasReference = false }, NoReference = reason }
            : plan;

    // Read before the first request: a damaged baseline is told before minutes are spent.
    private static PerfPlan WithStoredRuns(PerfPlan plan, EnvironmentFingerprint fingerprint)
    {
        if (plan.Mode != PerfMode.Gate || plan.BaselinesFolder is not { } folder || !plan.Budgets.Select(planned => planned.Budget).Concat(plan.Waivers.Select(waiver => waiver.Ceiling)).Any(budget => budget.Kind != BudgetKind.Absolute))
        {
            return plan;
        }

        try
        {
            var store = new BaselineStore(folder);
            var stored = new StoredRuns(store.Find(plan.EnvironmentName, plan.TestName), Conditions.Of(fingerprint, LoadConditions.Of(plan.Load), Traces()))
            {
                Noise = NoiseStore.Find(store, plan.EnvironmentName, plan.TestName),
            };
            return plan with { Stored = stored };

            IEnumerable<KeyValuePair<string, string>> Traces() => Conditions.Contents(
                "trace",
                plan.Load.Expression.Phases.OfType<LoadPhase.Trace>().Where(trace => trace.Recorded is not null).Select(trace => (trace.File, trace.Recorded!.Sha256)));
        }
        catch (BaselineException exception)
        {
            throw new PerfPlanException($"{plan.TestName} has a relative budget, and its baseline cannot be used: {exception.Message}");
        }
    }

    // Where the policy wants proof, a load that cannot give it is a mistake, told before minutes are spent on it.
    private static void RejectUnprovable(PerfPlan plan)
    {
        if (plan.Policy.Inconclusive != InconclusivePolicy.Fail || plan.Mode == PerfMode.Smoke)
        {
            return;
        }

        var unprovable = Judge.UnprovablePercentiles(plan);
        if (!unprovable.IsEmpty)
        {
            throw new PerfPlanException(
                $"{plan.TestName} can never pass: its policy fails what is not proven (\"inconclusive\": \"fail\"), and its load " +
                $"'{plan.Load.Expression}' is too short to prove this:{Environment.NewLine}  " +
                string.Join(Environment.NewLine + "  ", unprovable) +
                $"{Environment.NewLine}Lengthen the load, add rounds, or declare a lower percentile.");
        }
    }
}
