using FluentAssertions;
using PerfAssert.Cost;
using Xunit;

namespace PerfAssert.Tests.Cost;

public sealed class CostModelTests
{
    [Fact]
    public void A_request_costs_the_hour_over_the_requests_of_an_hour() =>
        CostModel.UsdPerRequest(usdPerHour: 3.6, requestsPerSecond: 100).Should().BeApproximately(1e-5, 1e-15);

    [Fact]
    public void A_thousand_requests_cost_a_thousand_times_as_much() =>
        CostModel.UsdPerThousandRequests(3.6, 100).Should().BeApproximately(.01, 1e-12);

    [Fact]
    public void A_million_tokens_at_a_thousand_a_second_take_a_thousand_seconds() =>
        CostModel.UsdPerMillionTokens(3.6, 1_000).Should().BeApproximately(1, 1e-12);

    [Fact]
    public void What_answers_nothing_is_not_free()
    {
        CostModel.UsdPerRequest(0, 0).Should().Be(double.PositiveInfinity);
        CostModel.UsdPerMillionTokens(1, 0).Should().Be(double.PositiveInfinity);
    }
}
