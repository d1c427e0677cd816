using System.IO.Compression;
using HdrHistogram;
using HdrHistogram.Utilities;

namespace PerfAssert.Runs;

/// <summary>HdrHistogram's compressed V2 encoding as base64: what every HdrHistogram library and plotter reads.</summary>
internal static class HistogramCode
{
    // Cookie and length, four bytes each, then the two bytes with which a zlib stream starts.
    private const int HeaderLength = 10;

    // The largest histogram PerfAssert records is 0.3 MB; a damaged file must not take the machine's memory.
    private const int LongestPayload = 16 * 1024 * 1024;

    public static string ToText(HistogramBase histogram)
    {
        var buffer = ByteBuffer.Allocate(histogram.GetNeededByteBufferCapacity());
        var length = histogram.EncodeIntoCompressedByteBuffer(buffer);
        var bytes = new byte[length];
        buffer.Position = 0;
        for (var i = 0; i < length; i++)
        {
            bytes[i] = buffer.Get();
        }

        return Convert.ToBase64String(bytes);
    }

    /// <exception cref="FormatException">The text is no such encoding.</exception>
    public static HistogramBase FromText(string text)
    {
        try
        {
            return HistogramEncoding.DecodeFromByteBuffer(ByteBuffer.Allocate(Inflate(Convert.FromBase64String(text))), 0, null);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The library throws whatever its arithmetic runs into: index, argument, overflow, invalid data.
            throw new FormatException($"No histogram in HdrHistogram's compressed V2 encoding: {exception.Message}", exception);
        }
    }

    // By hand, because DecodeFromCompressedByteBuffer (2.5.0) takes a short read of the stream for its end.
    private static byte[] Inflate(byte[] bytes)
    {
        if (bytes.Length <= HeaderLength)
        {
            throw new FormatException("too short");
        }

        using var source = new DeflateStream(new MemoryStream(bytes, HeaderLength, bytes.Length - HeaderLength), CompressionMode.Decompress);
        using var target = new MemoryStream();
        var chunk = new byte[8192];
        for (int read; (read = source.Read(chunk)) > 0;)
        {
            target.Write(chunk, 0, read);
            if (target.Length > LongestPayload)
            {
                throw new FormatException("too long");
            }
        }

        return target.ToArray();
    }
}
