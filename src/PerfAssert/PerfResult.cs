namespace PerfAssert;

/// <summary>What one performance test measured and what was decided.</summary>
public sealed class PerfResult
{
    internal PerfResult(bool passed, string text, string? runFile)
    {
        Passed = passed;
        Text = text;
        RunFile = runFile;
    }

    /// <summary>Whether every budget held, by policy, in a valid run.</summary>
    public bool Passed { get; }

    /// <summary>The result as people read it: every budget, met and broken, the latencies, the errors, the generator's own health.</summary>
    public string Text { get; }

    /// <summary>Full path of the run file; <see langword="null"/> when it could not be written, which fails the test.</summary>
    public string? RunFile { get; }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
