namespace PerfAssert.Load;

/// <summary>SplitMix64 (Steele, Lea, Flood 2014), reseeded for each request without allocating: same seed and index, same numbers.</summary>
internal sealed class RequestRandom : Random
{
    private const ulong Step = 0x9E3779B97F4A7C15UL;

    private ulong state;

    public RequestRandom()
        : base(0)
    {
    }

    public void Reseed(int seed, long index)
    {
        // Mixed: steps apart, neighbouring requests would draw the same numbers one draw later.
        state = Mix(Mix((ulong)(uint)seed + Step) ^ (ulong)index);
    }

    public override int Next() => (int)NextInt64(int.MaxValue);

    public override int Next(int maxValue) => (int)NextInt64(0, maxValue);

    public override int Next(int minValue, int maxValue) => (int)NextInt64(minValue, maxValue);

    public override long NextInt64() => NextInt64(long.MaxValue);

    public override long NextInt64(long maxValue) => NextInt64(0, maxValue);

    public override long NextInt64(long minValue, long maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        var range = unchecked((ulong)(maxValue - minValue));
        return range <= 1 ? minValue : minValue + (long)Math.BigMul(NextState(), range, out _);
    }

    public override double NextDouble() => Sample();

    public override float NextSingle() => (NextState() >> 40) * (1f / (1 << 24));

    public override void NextBytes(byte[] buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        NextBytes(buffer.AsSpan());
    }

    public override void NextBytes(Span<byte> buffer)
    {
        for (var i = 0; i < buffer.Length; i++)
        {
            buffer[i] = (byte)(NextState() >> 56);
        }
    }

    protected override double Sample() => (NextState() >> 11) * (1.0 / (1UL << 53));

    private ulong NextState()
    {
        state += Step;
        return Mix(state);
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
