namespace PerfAssert.Load;

/// <summary>A line of a trace that is wrong, at a column counted from 1.</summary>
internal sealed class TraceLineException(int column, string message) : Exception(message)
{
    public int Column => column;
}
