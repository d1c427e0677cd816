namespace PerfAssert.Load;

/// <summary>How a line of a trace says when a request arrived.</summary>
internal interface ITraceFormat
{
    /// <summary>Whether the numbers are offsets from the start, and not timestamps.</summary>
    bool AreOffsets { get; }

    /// <summary>What a file must hold, for people.</summary>
    string Expected { get; }

    /// <summary>The arrival of a line that is not blank, and the column it stands at, from 1; <see langword="null"/>: the line holds none.</summary>
    /// <exception cref="TraceLineException">The line is wrong.</exception>
    (decimal Nanoseconds, int Column)? Read(string line);
}
