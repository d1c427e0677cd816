using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace PerfAssert.Clients.Tensors;

/// <summary>Elements of tensors that are not written as JSON writes numbers and texts.</summary>
internal static class RareElements
{
    /// <summary>From here on a float is told from a whole number by its fraction: TensorFlow Serving refuses larger ones, which a float may not hold.</summary>
    public const float FromFloat = 1 << 24;

    /// <inheritdoc cref="FromFloat"/>
    public const double FromDouble = 1L << 53;

    /// <summary>Writes a number that is large or not finite.</summary>
    /// <exception cref="ArgumentException">It is not finite, and only TensorFlow Serving has words for that.</exception>
    public static void Number<T>(Utf8JsonWriter json, Tensor tensor, T value, bool forTensorFlow)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        if (!T.IsFinite(value) && !forTensorFlow)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"Tensor '{tensor.Name}' has an element {value}, which has no JSON form: send it raw."));
        }

        Span<byte> text = stackalloc byte[40];
        value.TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
        if (T.IsFinite(value) && !text[..length].ContainsAny(".E"u8))
        {
            ".0"u8.CopyTo(text[length..]);
            length += 2;
        }

        json.WriteRawValue(text[..length], skipInputValidation: true);
    }

    /// <summary>Writes bytes that are no UTF-8.</summary>
    /// <exception cref="ArgumentException">Only TensorFlow Serving has a form for them.</exception>
    public static void NoText(Utf8JsonWriter json, Tensor tensor, ReadOnlySpan<byte> bytes, bool forTensorFlow)
    {
        if (!forTensorFlow)
        {
            throw new ArgumentException($"Tensor '{tensor.Name}' has an element that is no UTF-8, which has no JSON form: send it raw.");
        }

        json.WriteStartObject();
        json.WriteBase64String("b64"u8, bytes);
        json.WriteEndObject();
    }
}
