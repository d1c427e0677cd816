using System.Collections.Immutable;
using PerfAssert.Measurements;

namespace PerfAssert.Load;

/// <summary>What a pass needs to know.</summary>
internal sealed record PassSettings
{
    public required LoadClock Clock { get; init; }

    public required RequestMethod Method { get; init; }

    public required ImmutableArray<LoadPhase> Phases { get; init; }

    public required Arrivals Arrivals { get; init; }

    /// <summary>Of <see cref="PerfRequest.Random"/>: the same in all passes, because an index comes once.</summary>
    public required int Seed { get; init; }

    /// <summary>Of random arrivals.</summary>
    public required int ArrivalSeed { get; init; }

    public required Variant Variant { get; init; }

    /// <summary><see cref="PerfRequest.Index"/> of the first request.</summary>
    public long FirstIndex { get; init; }

    public required TimeSpan RequestTimeout { get; init; }

    public required int MaxInFlight { get; init; }

    /// <summary>Where measured requests are recorded.</summary>
    public required LaneSet Lanes { get; init; }

    public required TraceRecorder Trace { get; init; }

    /// <summary>Learnt in the warm-up, used by the rounds.</summary>
    public StartCost StartCost { get; init; } = new();

    /// <summary>As <see cref="StartCost"/>.</summary>
    public WakeMargin WakeMargin { get; init; } = new();

    /// <summary>Where requests say what they are made of.</summary>
    public PayloadLog Payloads { get; init; } = new();

    /// <summary>Where requests say which server they go to.</summary>
    public ServerLog Servers { get; init; } = new();

    public GoodputRule Goodput { get; init; } = GoodputRule.None;

    /// <summary>Threads that requests may keep at work at once: more would only take turns on the cores.</summary>
    public int Threads => Phases.Max(phase => phase switch
    {
        LoadPhase.ConstantUsers constant => constant.Users,
        LoadPhase.UserRamp ramp => Math.Max(ramp.From, ramp.To),
        LoadPhase.FixedRequests counted => counted.Users,
        _ => Environment.ProcessorCount,
    });

    /// <summary>A ramp that leads to a steady phase is ramp-up and kept out of the sample; a load of ramps alone is measured whole.</summary>
    public static bool IsMeasured(LoadPhase phase, ImmutableArray<LoadPhase> phases) => !IsRamp(phase) || phases.All(IsRamp);

    private static bool IsRamp(LoadPhase phase) => phase is LoadPhase.RateRamp or LoadPhase.UserRamp;
}
