using System.Buffers.Binary;
using System.Text;

using SentimentServer.Model;

namespace SentimentServer.Protocol;

/// <summary>Tensors as bytes, the same over HTTP and gRPC: little-endian; before each element of BYTES its length, 4 bytes.</summary>
internal static class RawTensors
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static List<string> ReadTexts(ReadOnlySpan<byte> raw)
    {
        var texts = new List<string>();
        while (!raw.IsEmpty)
        {
            if (!BinaryPrimitives.TryReadUInt32LittleEndian(raw, out var length) || length > raw.Length - sizeof(uint))
            {
                throw ProtocolException.BadRequest($"input '{TextTensor.Name}' has raw contents that end inside an element");
            }

            texts.Add(ReadText(raw.Slice(sizeof(uint), (int)length)));
            raw = raw[(sizeof(uint) + (int)length)..];
        }

        return texts;
    }

    public static string ReadText(ReadOnlySpan<byte> text)
    {
        try
        {
            return s_strict.GetString(text);
        }
        catch (DecoderFallbackException)
        {
            throw TextTensor.NoUnicode();
        }
    }

    /// <summary>An output of the model.</summary>
    public static byte[] Write(string name, Sentiment[] sentiments) =>
        name == SentimentTensors.Label ? WriteLabels(sentiments) : WriteScores(sentiments);

    private static byte[] WriteLabels(Sentiment[] sentiments)
    {
        using var labels = new MemoryStream();
        Span<byte> length = stackalloc byte[sizeof(uint)];
        foreach (var sentiment in sentiments)
        {
            var label = Encoding.UTF8.GetBytes(sentiment.Label);
            BinaryPrimitives.WriteUInt32LittleEndian(length, (uint)label.Length);
            labels.Write(length);
            labels.Write(label);
        }

        return labels.ToArray();
    }

    private static byte[] WriteScores(Sentiment[] sentiments)
    {
        var scores = new byte[sentiments.Length * sizeof(float)];
        for (var i = 0; i < sentiments.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(scores.AsSpan(i * sizeof(float)), sentiments[i].Score);
        }

        return scores;
    }
}
