namespace GateQuality.Simulation;

/// <summary>What is different in the candidate.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Slower">By how much every request is slower; 0.1 is 10 %.</param>
/// <param name="SlowShare">Slow requests, as a multiple of the reference's share.</param>
internal sealed record Injected(string Name, double Slower, double SlowShare)
{
    public static Injected Nothing { get; } = new("unchanged", 0, 1);

    /// <summary>2 % slow requests become 5 %.</summary>
    public static Injected Tail { get; } = new("2.5 times as many slow requests", 0, 2.5);

    public static Injected Uniform(double slower) => new($"+{slower * 100:0} %", slower, 1);
}
