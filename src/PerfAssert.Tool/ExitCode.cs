namespace PerfAssert.Tool;

/// <summary>What the tool ends with: build servers decide by it.</summary>
internal static class ExitCode
{
    /// <summary>Done, and nothing is wrong.</summary>
    public const int Ok = 0;

    /// <summary>A budget is broken, or a run regressed.</summary>
    public const int Broken = 1;

    /// <summary>The command line is wrong, or a file it names cannot be used.</summary>
    public const int Usage = 2;

    /// <summary>Something could not be decided, and the policy fails that.</summary>
    public const int Inconclusive = 3;

    /// <summary>A run says nothing: the generator was the bottleneck, or it was cut off.</summary>
    public const int Invalid = 4;

    /// <summary>Ctrl-C: what a shell calls the end by that signal.</summary>
    public const int Cancelled = 130;
}
