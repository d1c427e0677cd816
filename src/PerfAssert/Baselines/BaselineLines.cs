using System.Text;

namespace PerfAssert.Baselines;

/// <summary>The lines of a file, without their ends. Line ends that a checkout turned are as they were written.</summary>
internal sealed class BaselineLines
{
    private static readonly string[] Conflicts = ["<<<<<<<", "=======", ">>>>>>>"];

    private readonly byte[] text;
    private readonly List<Range> lines = [];

    public BaselineLines(byte[] utf8)
    {
        text = utf8.AsSpan().Contains((byte)'\r') ? WithoutCarriageReturns(utf8) : utf8;
        foreach (var line in text.AsSpan().Split((byte)'\n'))
        {
            lines.Add(line);
        }
    }

    public int Count => lines.Count;

    public ReadOnlySpan<byte> this[int index] => text.AsSpan(lines[index]);

    public bool Is(int index, string line) => this[index].SequenceEqual(Encoding.UTF8.GetBytes(line));

    public int IndexOf(string line) => Enumerable.Range(0, Count).FirstOrDefault(index => Is(index, line), -1);

    /// <summary>Everything up to and with a line and its end.</summary>
    public ReadOnlySpan<byte> UpTo(int index) => text.AsSpan(0, lines[index].End.Value + 1);

    public bool IsConflict(int index) => Conflicts.Any(mark => this[index].StartsWith(Encoding.UTF8.GetBytes(mark)));

    // Inside of JSON texts they are escaped, so that those in front of a line end are part of it.
    private static byte[] WithoutCarriageReturns(byte[] utf8) =>
        [.. utf8.Where((letter, i) => letter != '\r' || i + 1 >= utf8.Length || utf8[i + 1] != '\n')];
}
