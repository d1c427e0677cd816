using System.Runtime.CompilerServices;

namespace PerfAssert.Statistics;

/// <summary>
/// Where a series of runs changes for good: E-divisive (Matteson &amp; James 2014), the split with the largest energy distance between both
/// sides, tested by shuffling, and again inside of each side. Shuffling takes a history for exchangeable, which real ones are not: runs of one
/// week are alike. So a change must also be one that people see: a shift of the level that stands out of what both sides vary by.
/// </summary>
internal static class ChangePoints
{
    /// <summary>The shortest segment: as many runs as a baseline needs.</summary>
    public const int ShortestSegment = 5;

    private const int Shuffles = 199;
    private const double Level = 0.01;

    /// <summary>Student's t of a change that people see; Perfherder alerts above it.</summary>
    private const double Visible = 7;

    /// <summary>Values on each side that a change is seen against: what lies further back may have drifted.</summary>
    private const int Nearby = 24;

    // Fixed: the same history always has the same change points.
    private const int Seed = 20_260_311;

    /// <summary>The index of the first value of each new segment, ascending; empty: nothing changes.</summary>
    /// <param name="values">One a run, in the order of time.</param>
    /// <param name="least">The smallest shift that is one.</param>
    public static IReadOnlyList<int> Of(IReadOnlyList<double> values, double least = 0)
    {
        var found = new List<int>();
        if (values.All(double.IsFinite))
        {
            double[] all = [.. values];
            Split(all, 0, all.Length, new Random(Seed), found);
            found.Sort();
            Prune(all, least, found);
        }

        return found;
    }

    /// <summary>Takes out the change that is seen least, until all are seen: without it its neighbours have longer sides.</summary>
    private static void Prune(double[] values, double least, List<int> found)
    {
        while (found.Count > 0)
        {
            var seen = found.Select((at, i) => Seen(values, i == 0 ? 0 : found[i - 1], at, i == found.Count - 1 ? values.Length : found[i + 1], least)).ToList();
            var weakest = seen.IndexOf(seen.Min());
            if (seen[weakest] >= Visible)
            {
                return;
            }

            found.RemoveAt(weakest);
        }
    }

    private static double Seen(double[] values, int from, int at, int to, double least)
    {
        var (before, after) = (values[Math.Max(from, at - Nearby)..at], values[at..Math.Min(to, at + Nearby)]);
        var ((mean, deviation), (otherMean, otherDeviation)) = (Student.MeanAndDeviation(before), Student.MeanAndDeviation(after));
        var shift = Math.Abs(mean - otherMean);
        var error = Math.Sqrt((deviation * deviation / before.Length) + (otherDeviation * otherDeviation / after.Length));
        return shift < least || shift == 0 ? 0 : shift / error;
    }

    private static void Split(double[] values, int from, int to, Random random, List<int> found)
    {
        var segment = values[from..to];
        if (segment.Length < 2 * ShortestSegment)
        {
            return;
        }

        var (distance, at) = Best(segment);
        if (!(distance > 0) || !IsSignificant(segment, distance, random))
        {
            return;
        }

        found.Add(from + at);
        Split(values, from, from + at, random, found);
        Split(values, from + at, to, random, found);
    }

    /// <summary>Whether fewer shuffled segments than the level allows have so large a distance. Ends as soon as they are too many.</summary>
    private static bool IsSignificant(double[] segment, double distance, Random random)
    {
        var shuffled = segment.ToArray();
        var allowed = (int)((Level * (Shuffles + 1)) + 1e-9) - 1;
        for (var i = 0; i < Shuffles; i++)
        {
            random.Shuffle(shuffled);
            if (Best(shuffled).Distance >= distance * (1 - 1e-12) && --allowed < 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The split with the largest scaled energy distance mn/(m+n) · (2 E|X−Y| − E|X−X'| − E|Y−Y'|).</summary>
    // At once in optimised code: a gate goes through its histories in a process that has compiled nothing yet.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (double Distance, int At) Best(double[] segment)
    {
        var n = segment.Length;
        var (left, between, right) = (0.0, 0.0, 0.0);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < i; j++)
            {
                right += Math.Abs(segment[i] - segment[j]);
            }
        }

        var best = (Distance: double.NegativeInfinity, At: 0);
        for (var at = 1; at <= n - ShortestSegment; at++)
        {
            // One value moves from the right side to the left one.
            var (toLeft, toRight) = (0.0, 0.0);
            for (var i = 0; i < n; i++)
            {
                var difference = Math.Abs(segment[i] - segment[at - 1]);
                (toLeft, toRight) = i < at ? (toLeft + difference, toRight) : (toLeft, toRight + difference);
            }

            left += toLeft;
            right -= toRight;
            between += toRight - toLeft;
            if (at >= ShortestSegment)
            {
                var (m, k) = ((double)at, (double)(n - at));
                var distance = m * k / (m + k) * ((2 * between / (m * k)) - (left / (m * (m - 1) / 2)) - (right / (k * (k - 1) / 2)));
                best = distance > best.Distance ? (distance, at) : best;
            }
        }

        return best;
    }
}
