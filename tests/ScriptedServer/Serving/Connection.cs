namespace Scripted.Serving;

/// <summary>One open connection and what was read of its next request.</summary>
internal sealed class Connection(int socket)
{
    private byte[] kept = [];
    private int keptLength;

    public int Socket { get; } = socket;

    public bool IsClosed { get; set; }

    /// <summary>Whether it carried a request that was not for the server itself.</summary>
    public bool IsCounted { get; set; }

    /// <summary>The request whose body is being read.</summary>
    public RequestHead Head { get; set; }

    /// <summary>Bytes of that body still to come.</summary>
    public long BodyLeft { get; set; }

    /// <summary>When its last answer is due: answers keep the order of their requests.</summary>
    public long LastDue { get; set; }

    /// <summary>Keeps the start of a head whose end has not arrived.</summary>
    public void Keep(ReadOnlySpan<byte> bytes)
    {
        if (kept.Length < bytes.Length)
        {
            kept = new byte[Math.Max(512, bytes.Length * 2)];
        }

        bytes.CopyTo(kept);
        keptLength = bytes.Length;
    }

    /// <summary>Moves what was kept to the start of the buffer.</summary>
    /// <returns>How many bytes.</returns>
    public int TakeKept(Span<byte> buffer)
    {
        var length = keptLength;
        kept.AsSpan(0, length).CopyTo(buffer);
        keptLength = 0;
        return length;
    }
}
