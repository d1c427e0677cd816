using System.Collections.Immutable;
using PerfAssert.Measurements;

namespace PerfAssert.Runs;

/// <summary>Groups failures for the run file: secrets are removed first, so that messages that differ only in one become one group.</summary>
internal static class ErrorGroups
{
    private const int ExampleLength = 4000;

    // Of a run as of a round: messages that hold what is different each time would make it as long as the run.
    private const int MostGroups = ErrorLog.MostGroups;

    public static ImmutableArray<RunError> OfRound(Round round) => [.. Group([round]).Select(error => error with { Example = string.Empty })];

    public static ImmutableArray<RunError> Total(IEnumerable<Round> rounds)
    {
        // What the rounds have beyond their own limit is of the rest already.
        var all = Group(rounds).ToLookup(error => error is { Kind: ErrorLog.Other, Message: ErrorLog.Beyond });
        ImmutableArray<RunError> named = [.. all[false].Take(MostGroups)];
        List<RunError> rest = [.. all[true], .. all[false].Skip(MostGroups)];
        return rest.MinBy(error => (error.FirstRound, error.FirstAtMs)) is { } first
            ? [.. named, first with { Kind = ErrorLog.Other, Message = ErrorLog.Beyond, Count = rest.Sum(error => error.Count) }]
            : named;
    }

    private static IEnumerable<RunError> Group(IEnumerable<Round> rounds) => rounds
        .SelectMany(round => round.Errors.Select(error => (round.Index, Error: error)))
        .GroupBy(item => (item.Error.Kind, Message: SecretScrubber.Scrub(item.Error.Message)))
        .Select(group =>
        {
            var (round, first) = group.MinBy(item => (item.Index, item.Error.FirstAt));
            return new RunError(
                group.Key.Kind,
                group.Key.Message,
                group.Sum(item => item.Error.Count),
                round,
                first.FirstAt.TotalMilliseconds,
                SecretScrubber.ScrubAndCut(first.Example, ExampleLength));
        })
        .OrderByDescending(error => error.Count)
        .ThenBy(error => error.Kind, StringComparer.Ordinal)
        .ThenBy(error => error.Message, StringComparer.Ordinal);
}
