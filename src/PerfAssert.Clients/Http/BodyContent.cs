using System.Net;

namespace PerfAssert.Clients.Http;

/// <summary>A request body out of parts that are sent as they lie in memory: no copy of a large tensor is made.</summary>
internal sealed class BodyContent : HttpContent
{
    private readonly PooledBuffer head;
    private readonly IReadOnlyList<ReadOnlyMemory<byte>> tail;
    private bool sending;

    public BodyContent(PooledBuffer head, string contentType, IReadOnlyList<ReadOnlyMemory<byte>>? tail = null)
    {
        this.head = head;
        this.tail = tail ?? [];
        Length = head.Length + this.tail.Sum(part => (long)part.Length);
        Headers.TryAddWithoutValidation("Content-Type", contentType);
    }

    public long Length { get; }

    /// <summary>Whether all of it was handed to the connection; until then <see cref="head"/> may still be read.</summary>
    public bool Sent { get; private set; }

    /// <summary>Gives the pooled memory back, unless the connection may still be reading it: then the garbage collector has it.</summary>
    public void Recycle()
    {
        if (Sent)
        {
            head.Return();
        }
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (sending)
        {
            // Never reached with .NET's handler, which does not send a body twice; if it did, a latency would hold two requests.
            throw new InvalidOperationException("The body of a request is sent once.");
        }

        sending = true;
        await stream.WriteAsync(head.Written, cancellationToken).ConfigureAwait(false);
        foreach (var part in tail)
        {
            await stream.WriteAsync(part, cancellationToken).ConfigureAwait(false);
        }

        Sent = true;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override bool TryComputeLength(out long length)
    {
        length = Length;
        return true;
    }
}
