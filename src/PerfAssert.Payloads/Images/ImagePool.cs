using System.Globalization;
using PerfAssert.Clients;
using PerfAssert.Measurements;
using PerfAssert.Payloads.Seeds;
using PerfAssert.Payloads.Tensors;
using SkiaSharp;

namespace PerfAssert.Payloads.Images;

/// <summary>Makes pools of synthetic pictures: soft patches of colour with some noise. They load a decoder and a model; no model finds anything in them.</summary>
public static class ImagePool
{
    private const string DefaultName = "images";
    private const int LongestSide = 16_384;

    /// <summary>JPEG files. The hash is of the pixels and the quality: encoders of other versions may write other bytes.</summary>
    /// <param name="width">Pixels, 1 to 16,384.</param>
    /// <param name="height">Pixels, 1 to 16,384.</param>
    /// <param name="count">Pictures, distinct by their pixels, 1 to 1,000,000; they repeat only where no more of a size are found. Default: 32.</param>
    /// <param name="quality">JPEG quality, 1 to 100. Default: 85.</param>
    /// <param name="seed">Seed of the pictures. Default: 1.</param>
    /// <param name="name">Name in the run file. Default: <c>images</c>.</param>
    /// <returns>The files' bytes.</returns>
    public static PayloadPool<ReadOnlyMemory<byte>> Jpeg(int width, int height, int count = 32, int quality = 85, int seed = 1, string name = DefaultName)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        return Encoded(width, height, count, seed, name, SKEncodedImageFormat.Jpeg, quality);
    }

    /// <summary>PNG files. The hash is of the pixels: encoders of other versions may write other bytes.</summary>
    /// <param name="width">Pixels, 1 to 16,384.</param>
    /// <param name="height">Pixels, 1 to 16,384.</param>
    /// <param name="count">Pictures, distinct by their pixels, 1 to 1,000,000; they repeat only where no more of a size are found. Default: 32.</param>
    /// <param name="seed">Seed of the pictures. Default: 1.</param>
    /// <param name="name">Name in the run file. Default: <c>images</c>.</param>
    /// <returns>The files' bytes.</returns>
    public static PayloadPool<ReadOnlyMemory<byte>> Png(int width, int height, int count = 32, int seed = 1, string name = DefaultName) =>
        Encoded(width, height, count, seed, name, SKEncodedImageFormat.Png, quality: 100);

    /// <summary>Tensors of FP32 with one picture each.</summary>
    /// <param name="input">The tensor's name in the model.</param>
    /// <param name="width">Pixels, 1 to 16,384.</param>
    /// <param name="height">Pixels, 1 to 16,384.</param>
    /// <param name="layout">Order of the dimensions. Default: <see cref="ImageLayout.Nchw"/>.</param>
    /// <param name="scale">How bytes become numbers. Default: <see cref="ImageScale.Unit"/>.</param>
    /// <param name="count">Pictures, distinct by their pixels, 1 to 1,000,000; they repeat only where no more of a size are found. Default: 32.</param>
    /// <param name="seed">Seed of the pictures. Default: 1.</param>
    /// <param name="name">Name in the run file. Default: <c>images</c>.</param>
    /// <returns>The tensors.</returns>
    public static PayloadPool<Tensor> Tensors(
        string input, int width, int height, ImageLayout layout = ImageLayout.Nchw, ImageScale? scale = null, int count = 32, int seed = 1, string name = DefaultName)
    {
        Check(width, height, count);
        var (random, distinct) = (new SeededRandom(seed), new DistinctDraws());
        var made = new Tensor[count];
        for (var i = 0; i < count; i++)
        {
            var pixels = distinct.Draw(() => Picture.Draw(width, height, random), drawn => drawn);
            var values = Scaled(pixels, width * height, layout, scale ?? ImageScale.Unit);
            made[i] = layout == ImageLayout.Nchw
                ? Tensor.Create(input, values, 1, 3, height, width)
                : Tensor.Create(input, values, 1, height, width, 3);
        }

        return TensorPool.Pool(made, distinct.Count, name);
    }

    private static PayloadPool<ReadOnlyMemory<byte>> Encoded(
        int width, int height, int count, int seed, string name, SKEncodedImageFormat format, int quality)
    {
        Check(width, height, count);
        var (random, distinct) = (new SeededRandom(seed), new DistinctDraws());
        var files = new ReadOnlyMemory<byte>[count];
        using var hash = new ContentHash(string.Create(CultureInfo.InvariantCulture, $"{format} {width} {height} {quality}"));
        var four = new byte[checked(width * height * 4)];
        for (var i = 0; i < count; i++)
        {
            var pixels = distinct.Draw(() => Picture.Draw(width, height, random), drawn => drawn);
            hash.Add(pixels);
            files[i] = Encode(pixels, four, width, height, format, quality);
        }

        return new PayloadPool<ReadOnlyMemory<byte>>(files, new PayloadSet(name, hash.End(), distinct.Count));
    }

    private static byte[] Encode(byte[] pixels, byte[] four, int width, int height, SKEncodedImageFormat format, int quality)
    {
        for (var (from, to) = (0, 0); to < four.Length; from += 3, to += 4)
        {
            (four[to], four[to + 1], four[to + 2], four[to + 3]) = (pixels[from], pixels[from + 1], pixels[from + 2], 255);
        }

        using var image = SKImage.FromPixelCopy(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque), four);
        using var data = image.Encode(format, quality);
        return data.ToArray();
    }

    private static float[] Scaled(byte[] pixels, int size, ImageLayout layout, ImageScale scale)
    {
        float[] means = [scale.Mean.Red, scale.Mean.Green, scale.Mean.Blue];
        float[] deviations = [scale.Deviation.Red, scale.Deviation.Green, scale.Deviation.Blue];
        var values = new float[pixels.Length];
        for (var i = 0; i < pixels.Length; i++)
        {
            var (pixel, channel) = (i / 3, i % 3);
            var at = layout == ImageLayout.Nchw ? (channel * size) + pixel : i;
            values[at] = ((pixels[i] / 255f) - means[channel]) / deviations[channel];
        }

        return values;
    }

    private static void Check(int width, int height, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, LongestSide);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, LongestSide);
        PoolSize.Check(count);
    }
}
