using PerfAssert.Load;
using PerfAssert.Measurements;

namespace PerfAssert.Tests.Support;

/// <summary>Runs a load against a method and gives what was measured.</summary>
internal static class Loads
{
    public static LoadPlan Plan(params LoadPhase[] phases) =>
        new(new LoadExpression([.. phases]), WarmUp.None, 1, Arrivals.Constant, TimeSpan.FromSeconds(30), 1000, 1);

    public static LoadPhase.ConstantRate Rate(decimal rate, double seconds) => new(rate, TimeSpan.FromSeconds(seconds), null);

    public static Task<Measurement> MeasureAsync(LoadPlan plan, Func<PerfRequest, Task> method, CancellationToken cancellationToken = default) =>
        MeasureAsync(plan, RequestMethod.From(method), cancellationToken);

    public static Task<Measurement> MeasureAsync(
        LoadPlan plan, Func<PerfRequest, Task> method, IVersionedEndpoint endpoint, CancellationToken cancellationToken = default) =>
        MeasureAsync(plan, RequestMethod.From(method), endpoint, cancellationToken);

    public static Task<Measurement> MeasureAsync(LoadPlan plan, RequestMethod method, CancellationToken cancellationToken = default) =>
        MeasureAsync(plan, method, endpoint: null, cancellationToken);

    private static async Task<Measurement> MeasureAsync(LoadPlan plan, RequestMethod method, IVersionedEndpoint? endpoint, CancellationToken cancellationToken)
    {
        var runner = new LoadRunner(plan, method, GoodputRule.None, LoadClock.System, endpoint);
        await runner.WarmUpAsync(cancellationToken);
        await runner.MeasureAsync(null, cancellationToken);
        var measured = runner.Read();
        return measured.Aborted is null && measured.OpenLoop && measured.Rounds.FirstOrDefault(round => round.Requests != round.Scheduled) is { } wrong
            ? throw new CertainFailureException($"{wrong.Scheduled} arrivals were due in round {wrong.Index} and {wrong.Requests} requests were counted.")
            : measured;
    }
}
