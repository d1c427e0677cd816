using MathNet.Numerics.Distributions;

namespace Scripted.Script;

/// <summary>Log-normal service times: most are near the median, a few take many times as long.</summary>
/// <param name="Median">In nanoseconds.</param>
/// <param name="Sigma">Standard deviation of the logarithm.</param>
internal sealed record LogNormalServiceTime(long Median, double Sigma) : ServiceTimes
{
    private readonly double mean = Math.Log(Median);

    public override long Next(Random random) => (long)LogNormal.Sample(random, mean, Sigma);
}
