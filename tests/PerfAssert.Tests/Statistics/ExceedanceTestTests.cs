using FluentAssertions;
using PerfAssert.Statistics;
using Xunit;

namespace PerfAssert.Tests.Statistics;

public sealed class ExceedanceTestTests
{
    // n, then for p90, p95, p99 (a = .05 and .01) and p99.9 (a = .05): within at X <= left, over at X >= right; -1: impossible.
    private static readonly int[][] CutOffs =
    [
        [100, 4, 16, 3, 19, 1, 10, 0, 12, -1, 4, -1, 5, -1, 2],
        [200, 12, 28, 10, 31, 4, 16, 3, 19, -1, 6, -1, 7, -1, 2],
        [300, 21, 40, 18, 44, 8, 22, 6, 25, 0, 7, -1, 9, -1, 2],
        [459, 35, 58, 31, 62, 15, 32, 12, 35, 0, 9, 0, 11, -1, 3],
        [500, 38, 62, 34, 67, 16, 34, 13, 38, 1, 10, 0, 12, -1, 3],
        [1000, 84, 117, 78, 124, 38, 63, 34, 68, 4, 16, 2, 19, -1, 4],
        [2000, 177, 223, 168, 233, 83, 117, 77, 124, 12, 29, 9, 32, -1, 6],
        [3304, 301, 360, 290, 372, 144, 187, 136, 196, 23, 44, 20, 48, 0, 8],
        [5000, 464, 536, 450, 551, 224, 277, 214, 287, 38, 63, 33, 68, 1, 10],
        [10000, 950, 1051, 930, 1071, 463, 537, 449, 552, 83, 118, 77, 125, 4, 16],
    ];

    private static readonly (double Allowed, double Level)[] Columns =
        [(.1, .05), (.1, .01), (.05, .05), (.05, .01), (.01, .05), (.01, .01), (.001, .05)];

    private static readonly double[] AllowedShares = [.5, .1, .05, .03, .01, .001];

    private static readonly int[] OverLatency = [0, 1, 2, 3, 5, 10, 20];

    public static TheoryData<int, double, double, int, int> CutOffCells()
    {
        var cells = new TheoryData<int, double, double, int, int>();
        foreach (var row in CutOffs)
        {
            for (var i = 0; i < Columns.Length; i++)
            {
                cells.Add(row[0], Columns[i].Allowed, Columns[i].Level, row[1 + (2 * i)], row[2 + (2 * i)]);
            }
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(CutOffCells))]
    public void Cut_offs_are_those_of_the_exact_table(int n, double allowed, double level, int within, int over)
    {
        (ExceedanceTest.MostForWithin(n, allowed, level) ?? -1).Should().Be(within);
        ExceedanceTest.LeastForOver(n, allowed, level).Should().Be(over);
    }

    [Theory]
    [InlineData(.05, new[] { 5, 29, 59, 99, 299, 2995 })]
    [InlineData(.025, new[] { 6, 36, 72, 122, 368, 3688 })]
    [InlineData(.01, new[] { 7, 44, 90, 152, 459, 4603 })]
    public void Minimum_counts_are_those_of_the_table(double level, int[] needed) =>
        AllowedShares
            .Select(allowed => ExceedanceTest.MinimumCount(allowed, level))
            .Should().Equal(needed.Select(n => (long)n));

    [Theory]
    [InlineData(.01, .5, new[] { 7, 11, 14, 17, 22, 35, 59 })]
    [InlineData(.01, .1, new[] { 44, 64, 81, 97, 127, 197, 325 })]
    [InlineData(.01, .05, new[] { 90, 130, 165, 198, 259, 398, 656 })]
    [InlineData(.01, .03, new[] { 152, 219, 277, 332, 433, 667, 1097 })]
    [InlineData(.01, .01, new[] { 459, 662, 838, 1001, 1307, 2010, 3304 })]
    [InlineData(.01, .001, new[] { 4603, 6636, 8403, 10042, 13105, 20140, 33097 })]
    [InlineData(.05, .1, new[] { 29, 46, 61, 76, 103, 167, 286 })]
    [InlineData(.05, .05, new[] { 59, 93, 124, 153, 208, 336, 577 })]
    [InlineData(.05, .01, new[] { 299, 473, 628, 773, 1049, 1693, 2902 })]
    [InlineData(.05, .001, new[] { 2995, 4742, 6294, 7752, 10511, 16959, 29058 })]
    public void Early_stopping_queries_are_those_of_MLPerf(double level, double allowed, int[] queries) =>
        OverLatency
            .Select(t => ExceedanceTest.MinimumCount(allowed, level, t))
            .Should().Equal(queries.Select(n => (long)n));

    [Fact]
    public void Too_few_requests_prove_nothing_in_either_direction()
    {
        ExceedanceTest.MostForWithin(3, .5, .05).Should().BeNull();
        ExceedanceTest.LeastForOver(3, .5, .05).Should().BeNull();
        ExceedanceTest.MostForWithin(0, .01, .05).Should().BeNull();
    }

    [Fact]
    public void A_service_exactly_at_its_limit_is_wrongly_proved_within_no_more_often_than_the_level()
    {
        var random = new Random(20250101);
        const int Runs = 2_000;
        var wrong = Enumerable.Range(0, Runs).Count(_ =>
            ExceedanceTest.IsWithin(Enumerable.Range(0, 1_000).Count(_ => random.NextDouble() < .05), 1_000, .05, .05));

        // Three standard deviations of a share of .05 in so many runs.
        (wrong / (double)Runs).Should().BeLessThan(.05 + (3 * Math.Sqrt(.05 * .95 / Runs)));
    }
}
