using System.Collections.Immutable;

namespace GateQuality.Histories;

/// <summary>How well places that a program found agree with those that people saw: the F1 of the Turing change point data set.</summary>
/// <remarks>
/// Index 0 counts as found and as seen, so that a series without a change has a score. Precision: of the places found, those that anybody saw.
/// Recall: of the places each person saw, those found, averaged over people. One place matches one other, within a margin.
/// </remarks>
internal static class ChangePointScore
{
    private const int Margin = 5;

    public static double F1(IEnumerable<int> found, ImmutableArray<ImmutableArray<int>> annotations)
    {
        var places = With(found);
        var precision = (double)Matches(With(annotations.SelectMany(one => one)), places) / places.Length;
        var recall = annotations.Average(one => (double)Matches(With(one), places) / With(one).Length);
        return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
    }

    private static int[] With(IEnumerable<int> places) => [.. places.Append(0).Distinct().Order()];

    private static int Matches(int[] seen, int[] found)
    {
        var free = found.ToList();
        return seen.Count(place =>
        {
            var near = free.Where(other => Math.Abs(other - place) <= Margin).OrderBy(other => Math.Abs(other - place)).ToList();
            return near.Count > 0 && free.Remove(near[0]);
        });
    }
}
