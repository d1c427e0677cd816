namespace PerfAssert.Load;

/// <summary>When each user of one closed-loop phase starts and stops, as offsets in nanoseconds from the phase's start.</summary>
internal static class UserSchedule
{
    /// <summary>One entry a user, in order of start. A counted phase has no stop: it ends when its requests are used up.</summary>
    public static IReadOnlyList<(long Start, long Stop)> For(LoadPhase phase) => phase switch
    {
        LoadPhase.FixedRequests counted => Constant((int)Math.Min(counted.Users, counted.Requests), long.MaxValue),
        LoadPhase.ConstantUsers { Duration: { } duration } constant => Constant(constant.Users, Nanoseconds(duration)),
        LoadPhase.ConstantUsers constant => Constant((int)Math.Min(constant.Users, constant.Requests!.Value), long.MaxValue),
        LoadPhase.UserRamp ramp => Ramp(ramp),
        _ => throw new ArgumentException($"{phase} has no users: it is open loop.", nameof(phase)),
    };

    private static (long, long)[] Constant(int users, long stop) => Enumerable.Repeat((0L, stop), users).ToArray();

    private static (long, long)[] Ramp(LoadPhase.UserRamp ramp)
    {
        var length = Nanoseconds(ramp.Duration);
        var (few, many) = (Math.Min(ramp.From, ramp.To), Math.Max(ramp.From, ramp.To));
        var users = new (long Start, long Stop)[many];
        for (var user = 0; user < many; user++)
        {
            // Half a step in, so that the number of users is the nearest whole number to the line at every moment.
            var change = user < few ? 0 : (long)(length * ((user - few + 0.5) / (many - few)));
            users[user] = user < few ? (0, length) : ramp.To > ramp.From ? (change, length) : (0, length - change);
        }

        return users;
    }

    private static long Nanoseconds(TimeSpan time) => time.Ticks * 100;
}
