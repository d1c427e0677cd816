namespace PerfAssert.Statistics;

/// <summary>Bisection over whole numbers.</summary>
internal static class Search
{
    /// <summary>The least number in [<paramref name="from"/>, <paramref name="to"/>] that holds; <paramref name="to"/> + 1 if none does. Once true, it stays true.</summary>
    public static long Least(long from, long to, Func<long, bool> holds)
    {
        var (low, high) = (from, to + 1);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (holds(middle))
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }
}
