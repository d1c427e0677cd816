namespace GateQuality.Simulation;

/// <summary>What is different in the candidate.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Slower">By how much every request is slower; 0.1 is 10 %.</param>
/// <param name="SlowShare">Share of slow requests.</param>
internal sealed record Injected(string Name, double Slower, double SlowShare)
{
    public static Injected Nothing { get; } = new("unchanged", 0, LatencyModel.SlowShare);

    public static Injected Tail { get; } = new("slow requests 2 % -> 5 %", 0, 0.05);

    public static Injected Uniform(double slower) => new($"+{slower * 100:0} %", slower, LatencyModel.SlowShare);
}
