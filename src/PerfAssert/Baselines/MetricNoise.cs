namespace PerfAssert.Baselines;

/// <summary>How much a metric of unchanged code differs here.</summary>
/// <param name="Runs">Runs it was found out from.</param>
/// <param name="RunDeviation">Standard deviation of runs on the log scale.</param>
/// <param name="RoundDeviation">The same of the rounds inside of a run; 0: a run has one round.</param>
/// <param name="SmallestLimit">The smallest worsening that one run against 20 stored ones shows in 4 of 5 cases: 0.1 is 10 %.</param>
/// <param name="SuggestedRounds">Rounds that show the usual tolerance against a reference in the same run, 8 to 100.</param>
internal sealed record MetricNoise(int Runs, double RunDeviation, double RoundDeviation, double SmallestLimit, int SuggestedRounds);
