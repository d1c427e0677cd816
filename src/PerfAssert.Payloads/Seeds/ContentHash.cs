using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace PerfAssert.Payloads.Seeds;

/// <summary>SHA-256 over parts, each with its length before it, so that no two lists of parts run together.</summary>
internal sealed class ContentHash : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public ContentHash(string kind) => Add(kind);

    public void Add(string text) => Add(Encoding.UTF8.GetBytes(text));

    public void Add(ReadOnlySpan<byte> part)
    {
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, part.Length);
        hash.AppendData(length);
        hash.AppendData(part);
    }

    public string End() => Convert.ToHexStringLower(hash.GetHashAndReset());

    public void Dispose() => hash.Dispose();
}
