using System.Globalization;
using PerfAssert.Expressions;

namespace PerfAssert.Load;

/// <summary>One phase of a load. Rates are requests per second; durations are positive.</summary>
internal abstract record LoadPhase
{
    private LoadPhase()
    {
    }

    /// <summary>Whether requests arrive on a schedule, whatever the server does.</summary>
    public bool IsOpenLoop => this is ConstantRate or RateRamp or Trace;

    /// <summary>How long it takes; <see langword="null"/>: it counts requests.</summary>
    public TimeSpan? Length => this switch
    {
        ConstantRate phase => phase.Duration,
        ConstantUsers phase => phase.Duration,
        RateRamp ramp => ramp.Duration,
        Trace trace => trace.Duration,
        UserRamp ramp => ramp.Duration,
        _ => null,
    };

    /// <summary>One of so many equal parts of a steady phase, a count rounded up; <see langword="null"/>: it has none.</summary>
    public LoadPhase? Part(int parts) => this switch
    {
        ConstantRate { Duration: { } duration } phase => PartOf(phase, duration, parts),
        ConstantRate { Requests: { } requests } phase => phase with { Requests = (requests + parts - 1) / parts },
        ConstantUsers { Duration: { } duration } phase => phase with { Duration = duration / parts },
        ConstantUsers { Requests: { } requests } phase => phase with { Requests = (requests + parts - 1) / parts },
        FixedRequests phase => phase with { Requests = (phase.Requests + parts - 1) / parts },
        _ => null,
    };

    /// <summary>The phase as the grammar reads it.</summary>
    public sealed override string ToString() => this switch
    {
        ConstantRate { Duration: { } duration } phase => $"{PrintRate(phase.Rate)} for {Durations.Format(duration)}",
        ConstantRate phase => $"{PrintRate(phase.Rate)} for {PrintRequests(phase.Requests ?? 0)}",
        RateRamp phase => $"{Units.Format(phase.From, "")} to {PrintRate(phase.To)} over {Durations.Format(phase.Duration)}",
        ConstantUsers { Duration: { } duration } phase => $"{PrintUsers(phase.Users)} for {Durations.Format(duration)}",
        ConstantUsers phase => $"{PrintUsers(phase.Users)} for {PrintRequests(phase.Requests ?? 0)}",
        UserRamp phase => string.Format(CultureInfo.InvariantCulture, "{0} to {1} over {2}", phase.From, PrintUsers(phase.To), Durations.Format(phase.Duration)),
        Trace { Speed: 1 } phase => $"trace {PrintFile(phase.File)}",
        Trace phase => $"trace {PrintFile(phase.File)} at {Units.Format(phase.Speed, "")}x",
        FixedRequests { Users: 1 } phase => PrintRequests(phase.Requests),
        FixedRequests phase => $"{PrintRequests(phase.Requests)} by {PrintUsers(phase.Users)}",
        _ => throw new InvalidOperationException($"Unknown load phase {GetType().Name}."),
    };

    // Of whole arrivals, because what is left of one would be one more, and a higher rate; and no longer in all than the phase.
    private static ConstantRate? PartOf(ConstantRate phase, TimeSpan duration, int parts)
    {
        var arrivals = Math.Floor(phase.Rate * duration.Ticks / parts / TimeSpan.TicksPerSecond);
        return arrivals == 0 ? null : phase with { Duration = TimeSpan.FromTicks((long)(arrivals * TimeSpan.TicksPerSecond / phase.Rate)) };
    }

    private static string PrintFile(string file) =>
        file[0] is not ('\'' or '"') && !file.Any(c => c == ',' || char.IsWhiteSpace(c)) ? file
        : file.IndexOf('\'') < 0 ? $"'{file}'"
        : $"\"{file}\"";

    private static string PrintRate(decimal rate) => Units.Format(rate, "rps");

    private static string PrintUsers(int users) => Units.Format(users, users == 1 ? "user" : "users");

    private static string PrintRequests(long requests) => Units.Format(requests, requests == 1 ? "request" : "requests");

    /// <summary><c>N rps for T</c> or <c>N rps for N requests</c>: open loop. Exactly one of the two lengths is set.</summary>
    internal sealed record ConstantRate(decimal Rate, TimeSpan? Duration, long? Requests) : LoadPhase;

    /// <summary><c>N to N rps over T</c>: open loop, linear ramp.</summary>
    internal sealed record RateRamp(decimal From, decimal To, TimeSpan Duration) : LoadPhase;

    /// <summary><c>trace FILE [at Nx]</c>: open loop, arrivals replayed as they were recorded, <c>N</c> times as fast.</summary>
    internal sealed record Trace(string File, decimal Speed) : LoadPhase
    {
        /// <summary>The arrivals of the file; <see langword="null"/>: it was not read yet.</summary>
        public ArrivalTrace? Recorded { get; init; }

        /// <summary>How long replaying takes; zero before the file was read.</summary>
        public TimeSpan Duration => Recorded is null ? TimeSpan.Zero : TimeSpan.FromTicks((long)(Recorded.Length / 100 / Speed));

        /// <summary>Arrivals per second on average; those of a trace without any length count as of a second.</summary>
        public decimal MeanRate(ArrivalTrace recorded) => recorded.Count / (recorded.Length == 0 ? 1 : recorded.Length / 1_000_000_000m) * Speed;
    }

    /// <summary><c>N users for T</c> or <c>N users for N requests</c>: closed loop. Exactly one of the two lengths is set.</summary>
    internal sealed record ConstantUsers(int Users, TimeSpan? Duration, long? Requests) : LoadPhase;

    /// <summary><c>N to N users over T</c>: closed loop, linear ramp.</summary>
    internal sealed record UserRamp(int From, int To, TimeSpan Duration) : LoadPhase;

    /// <summary><c>N requests [by N users]</c>: closed loop, a fixed count shared by the users; 1 user is sequential.</summary>
    internal sealed record FixedRequests(long Requests, int Users) : LoadPhase;
}
