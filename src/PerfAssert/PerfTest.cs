using System.Runtime.CompilerServices;
using PerfAssert.Load;
using PerfAssert.Measurements;
using PerfAssert.Planning;

namespace PerfAssert;

/// <summary>Performance tests without attributes: inside any test of any framework, or a console program.</summary>
public static class PerfTest
{
    // Entered in turn.
    private static readonly HashSet<string> ran = [];

    /// <summary>Sends a request as often as the load says, judges the budgets and writes the run file.</summary>
    /// <param name="request">Sends one request. Called many times at once. Its synchronous beginning should be short: it runs on the thread that keeps the schedule, and what it delays is send lag. A task of an <see cref="HttpResponseMessage"/> fails by its status.</param>
    /// <param name="load">A load expression, <c>"200 rps for 30 s"</c>.</param>
    /// <param name="budgets">At least one budget expression, <c>"p99 &lt; 200 ms"</c>. Those of <c>perf-budgets.json</c> for this name apply as well.</param>
    /// <param name="options">Warm-up, rounds, name and the like. Default: those of <see cref="LoadAttribute"/>.</param>
    /// <param name="cancellationToken">Cuts the run off: it is then invalid.</param>
    /// <param name="callerMember">Filled in by the compiler.</param>
    /// <param name="callerFile">Filled in by the compiler.</param>
    /// <returns>The result of a test that passed.</returns>
    /// <exception cref="PerfBudgetException">A budget is broken, the run is invalid, or nothing was measured.</exception>
    /// <exception cref="InvalidOperationException">It is called inside of another performance test.</exception>
    /// <exception cref="PerfPlanException">The load, a budget or <c>perf-budgets.json</c> is wrong.</exception>
    public static async Task<PerfResult> Run(
        Func<PerfRequest, Task> request,
        string load,
        IReadOnlyList<string> budgets,
        PerfTestOptions? options = null,
        CancellationToken cancellationToken = default,
        [CallerMemberName] string callerMember = "",
        [CallerFilePath] string callerFile = "")
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(load);
        ArgumentNullException.ThrowIfNull(budgets);
        var settings = options ?? new PerfTestOptions();
        var declaration = new TestDeclaration(
            settings.Name is { } name ? SecretScrubber.ScrubName(name) : $"{FileName(callerFile)}.{callerMember}",
            string.Empty,
            new DeclaredLoad(settings.ToLoad(load), "the load given to PerfTest.Run"),
            [.. budgets.Select(budget => new DeclaredBudget(budget, "a budget given to PerfTest.Run"))]);
        await using var turn = await ExclusiveTurn.WaitAsync(cancellationToken).ConfigureAwait(false);
        ExclusiveTurn.Enter();
        if (!ran.Add(declaration.TestName))
        {
            declaration = declaration with { Warnings = [RanBefore(declaration.TestName)] };
        }

        // Off the caller's synchronisation context, which may run one thing at a time.
        var result = await Task.Run(
            () => PerfRunner.RunAsync(declaration, RequestMethod.From(request), settings.Endpoint, cancellationToken),
            CancellationToken.None).ConfigureAwait(false);
        return result.Passed ? result : throw new PerfBudgetException(result);
    }

    // Also of a path of the system it was compiled on, when it runs on another one.
    private static string FileName(string path) => Path.GetFileNameWithoutExtension(path[(path.LastIndexOfAny(['/', '\\']) + 1)..]);

    private static string RanBefore(string name) =>
        $"PerfTest.Run has run {name} before in this process: runs and baselines of both are found under one name, and taken for one test; " +
        $"give each its own {nameof(PerfTestOptions)}.{nameof(PerfTestOptions.Name)}";
}
