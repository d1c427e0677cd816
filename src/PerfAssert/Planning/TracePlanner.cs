using System.Collections.Immutable;
using System.Globalization;
using PerfAssert.Expressions;
using PerfAssert.Load;
using PerfAssert.Planning.Json;

namespace PerfAssert.Planning;

/// <summary>
/// Reads the traces of a load. A name in <c>perf-budgets.json</c> counts from its folder; one in an attribute is looked for from the test
/// assembly's folder upwards, through the project's, to the root.
/// </summary>
internal sealed class TracePlanner(PlanningContext context, string? budgetsFile, ICollection<string> notes)
{
    private readonly string root = PlanFolders.Root(context.StartFolder, budgetsFile);

    /// <summary>The load with its traces read.</summary>
    /// <param name="load">The load.</param>
    /// <param name="place">Where it stands in the file; <see langword="null"/>: in an attribute.</param>
    /// <param name="where">What names the attribute.</param>
    /// <exception cref="PerfPlanException">A file is missing or wrong, or replaying it takes too long.</exception>
    public LoadExpression Read(LoadExpression load, JsonPlace? place, string where) => load.Phases.Any(phase => phase is LoadPhase.Trace)
        ? new LoadExpression([.. load.Phases.Select(phase => phase is LoadPhase.Trace trace ? Read(trace, place, place?.ToString() ?? where) : phase)])
        : load;

    private IEnumerable<string> AttributeStarts => new[] { context.AssemblyFolder, context.StartFolder }.Distinct();

    private LoadPhase.Trace Read(LoadPhase.Trace trace, JsonPlace? place, string where)
    {
        try
        {
            var path = Find(trace.File, place is not null, where);
            var recorded = TraceFile.Read(path, trace.File);
            if (recorded.Length / trace.Speed > TraceFile.Longest)
            {
                throw new PerfPlanException(
                    $"{where}: found '{trace}', which takes more than 1000 h ({Durations.Format(TimeSpan.FromTicks(recorded.Length / 100))} as recorded), " +
                    "expected less: raise the speed or cut the trace");
            }

            var read = trace with { Recorded = recorded };
            notes.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{read}: {recorded.Count:N0} arrivals over {Durations.Format(read.Duration)}, {read.MeanRate(recorded):0.###} a second, {Path.GetRelativePath(root, path)}"));
            return read;
        }
        catch (TraceFileException exception)
        {
            throw new PerfPlanException($"{where}: {exception.Message}");
        }
    }

    private string Find(string file, bool fromBudgetsFile, string where)
    {
        ImmutableArray<string> folders = fromBudgetsFile ? [root] : [context.AssemblyFolder, .. PlanFolders.UpTo(context.StartFolder, root)];
        try
        {
            return folders.Select(folder => Path.GetFullPath(file, folder)).FirstOrDefault(File.Exists) ?? throw new PerfPlanException(
                $"{where}: the trace '{file}' was not found, expected it " +
                (fromBudgetsFile ? $"in {root}." : $"in {string.Join(", in ", AttributeStarts)} or a folder above it, up to {root}."));
        }
        catch (ArgumentException)
        {
            throw new PerfPlanException($"{where}: '{file}' is no path, expected a file with arrivals");
        }
    }
}
