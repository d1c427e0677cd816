using FluentAssertions;
using PerfAssert.Load;
using Xunit;

namespace PerfAssert.Tests.Load;

public sealed class UserScheduleTests
{
    [Theory]
    [InlineData(0, 10)]
    [InlineData(10, 0)]
    [InlineData(3, 8)]
    public void A_ramp_of_users_follows_its_line_to_the_nearest_user(int from, int to)
    {
        var users = UserSchedule.For(new LoadPhase.UserRamp(from, to, TimeSpan.FromSeconds(10)));

        for (var moment = 0L; moment < 10_000_000_000; moment += 37_000_000)
        {
            var active = users.Count(user => user.Start <= moment && moment < user.Stop);
            var line = from + ((to - from) * (moment / 1e10));
            Math.Abs(active - line).Should().BeLessThanOrEqualTo(0.5 + 1e-6);
        }
    }

    [Fact]
    public void A_fixed_count_has_no_more_users_than_requests_and_no_stop() =>
        UserSchedule.For(new LoadPhase.FixedRequests(3, 10)).Should().Equal((0, long.MaxValue), (0, long.MaxValue), (0, long.MaxValue));
}
