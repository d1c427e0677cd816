using PerfAssert.Payloads.Seeds;

namespace PerfAssert.Payloads.Prompts;

/// <summary>How many tokens prompts have: a distribution, cut to a range.</summary>
public sealed class TokenLength
{
    private const int Longest = 1_000_000;

    private readonly Func<double, double> quantile;
    private readonly int least;
    private readonly int most;

    private TokenLength(Func<double, double> quantile, int least, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(least, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(most, Longest);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, least);
        (this.quantile, this.least, this.most) = (quantile, least, most);
    }

    /// <summary>The same for all.</summary>
    /// <param name="tokens">1 to 1,000,000.</param>
    /// <returns>The distribution.</returns>
    public static TokenLength Fixed(int tokens) => new(_ => tokens, tokens, tokens);

    /// <summary>Each length in a range as likely as another.</summary>
    /// <param name="least">The shortest, at least 1.</param>
    /// <param name="most">The longest, at most 1,000,000.</param>
    /// <returns>The distribution.</returns>
    public static TokenLength Uniform(int least, int most) => new(share => Math.Floor(least + (share * (most - least + 1.0))), least, most);

    /// <summary>A normal distribution; what lies outside of the range is moved to its ends.</summary>
    /// <param name="mean">Mean before the cut.</param>
    /// <param name="deviation">Standard deviation before the cut, above 0.</param>
    /// <param name="least">The shortest, at least 1.</param>
    /// <param name="most">The longest, at most 1,000,000.</param>
    /// <returns>The distribution.</returns>
    public static TokenLength Normal(double mean, double deviation, int least, int most)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(deviation);
        return new(share => Math.Round(MathNet.Numerics.Distributions.Normal.InvCDF(mean, deviation, share)), least, most);
    }

    /// <summary>A log-normal distribution, as lengths of real prompts often are; what lies outside of the range is moved to its ends.</summary>
    /// <param name="median">Median before the cut, above 0.</param>
    /// <param name="sigma">Standard deviation of the logarithm, above 0.</param>
    /// <param name="least">The shortest, at least 1.</param>
    /// <param name="most">The longest, at most 1,000,000.</param>
    /// <returns>The distribution.</returns>
    public static TokenLength LogNormal(double median, double sigma, int least, int most)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(median);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sigma);
        return new(share => Math.Round(MathNet.Numerics.Distributions.LogNormal.InvCDF(Math.Log(median), sigma, share)), least, most);
    }

    // Half a step in: neither end of the unit interval, where a quantile may be infinite.
    internal int Draw(SeededRandom random) => (int)Math.Clamp(quantile(random.NextDouble() + (0.5 / (1UL << 53))), least, most);
}
