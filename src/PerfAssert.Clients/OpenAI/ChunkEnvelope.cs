using System.Buffers;

namespace PerfAssert.Clients.OpenAI;

/// <summary>
/// The chunks of a stream differ in little but their content. The last one that was read as JSON is remembered as what stands before
/// and after its content; a chunk with the same envelope around a plain string is the same JSON with another string, and needs no
/// reading. This is what keeps the client faster than any server.
/// </summary>
internal sealed class ChunkEnvelope
{
    // A string without these needs no unescaping and cannot end early.
    private static readonly SearchValues<byte> NotPlain =
        SearchValues.Create([(byte)'"', (byte)'\\', .. Enumerable.Range(0, 0x20).Select(control => (byte)control)]);

    private byte[] before = [];
    private byte[] after = [];
    private int beforeLength;
    private int afterLength;

    /// <summary>Whether this is the remembered envelope around a string that is plain and not empty.</summary>
    public bool IsAround(ReadOnlySpan<byte> json) =>
        beforeLength > 0
        && json.Length > beforeLength + afterLength
        && json.StartsWith(before.AsSpan(0, beforeLength))
        && json.EndsWith(after.AsSpan(0, afterLength))
        && !json[beforeLength..^afterLength].ContainsAny(NotPlain);

    /// <summary>Remembers a chunk that was read.</summary>
    /// <param name="json">The chunk.</param>
    /// <param name="start">Where its content starts, after the quote.</param>
    /// <param name="length">Length of the content, in bytes.</param>
    public void Remember(ReadOnlySpan<byte> json, int start, int length)
    {
        Copy(json[..start], ref before);
        Copy(json[(start + length)..], ref after);
        (beforeLength, afterLength) = (start, json.Length - start - length);
    }

    private static void Copy(ReadOnlySpan<byte> part, ref byte[] into)
    {
        if (part.Length > into.Length)
        {
            into = new byte[part.Length + 32];
        }

        part.CopyTo(into);
    }
}
