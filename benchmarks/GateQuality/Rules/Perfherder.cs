namespace GateQuality.Rules;

/// <summary>
/// The rule by which Perfherder alerts: a weighted t above 7 between the 12 values after a place and the 12 to 24 before it, which differ by 2 % or
/// more; of neighbouring places the one with the largest t.
/// </summary>
internal static class Perfherder
{
    private const int After = 12;
    private const int LeastBefore = 12;
    private const int MostBefore = 24;
    private const double Threshold = 7;
    private const double LeastChange = 0.02;

    public static IReadOnlyList<int> Of(IReadOnlyList<double> values)
    {
        var t = Enumerable.Range(0, values.Count).Select(at => At(values, at)).ToArray();
        return [.. Enumerable.Range(0, t.Length).Where(at =>
            t[at] > Threshold && Enumerable.Range(Math.Max(0, at - After), Math.Min(t.Length, at + After + 1) - Math.Max(0, at - After)).All(other => t[other] < t[at] || (t[other] == t[at] && other >= at)))];
    }

    private static double At(IReadOnlyList<double> values, int at)
    {
        if (at < LeastBefore || at + After > values.Count)
        {
            return 0;
        }

        // Values near the place weigh more, on a line that falls to zero beyond the window.
        var before = Weighted([.. values.Take(at).TakeLast(MostBefore).Reverse()]);
        var after = Weighted([.. values.Skip(at).Take(After)]);
        var error = Math.Sqrt((before.Variance / before.Count) + (after.Variance / after.Count));
        var change = Math.Abs(after.Mean - before.Mean);
        return change < LeastChange * before.Mean ? 0 : error > 0 ? change / error : double.MaxValue;
    }

    private static (double Mean, double Variance, int Count) Weighted(double[] nearest)
    {
        var weights = nearest.Select((_, i) => (double)(nearest.Length - i) / nearest.Length).ToArray();
        var mean = nearest.Zip(weights, (value, weight) => value * weight).Sum() / weights.Sum();
        return (mean, nearest.Sum(value => (value - mean) * (value - mean)) / (nearest.Length - 1), nearest.Length);
    }
}
