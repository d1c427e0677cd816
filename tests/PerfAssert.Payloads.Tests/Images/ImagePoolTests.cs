using FluentAssertions;
using PerfAssert.Payloads.Images;
using SkiaSharp;
using Xunit;

namespace PerfAssert.Payloads.Tests.Images;

public sealed class ImagePoolTests
{
    [Fact]
    public void A_png_holds_the_pixels_of_the_tensor()
    {
        using var decoded = SKBitmap.Decode(ImagePool.Png(40, 30, count: 2)[1].ToArray());
        var tensor = ImagePool.Tensors("image", 40, 30, count: 2)[1];

        (decoded.Width, decoded.Height).Should().Be((40, 30));
        tensor.Shape.Should().Equal(1, 3, 30, 40);
        var values = tensor.Values<float>().ToArray();
        for (var y = 0; y < 30; y++)
        {
            for (var x = 0; x < 40; x++)
            {
                var pixel = decoded.GetPixel(x, y);
                var at = (y * 40) + x;
                (values[at] * 255, values[1200 + at] * 255, values[2400 + at] * 255).Should()
                    .Match<(float R, float G, float B)>(seen => Math.Abs(seen.R - pixel.Red) < 0.01 && Math.Abs(seen.G - pixel.Green) < 0.01 && Math.Abs(seen.B - pixel.Blue) < 0.01);
            }
        }
    }

    [Fact]
    public void A_jpeg_is_one_and_quality_makes_it_larger()
    {
        var (small, large) = (ImagePool.Jpeg(224, 224, count: 1, quality: 30), ImagePool.Jpeg(224, 224, count: 1, quality: 95));

        using var decoded = SKBitmap.Decode(small[0].ToArray());
        (decoded.Width, decoded.Height).Should().Be((224, 224));
        small[0].Span[..2].ToArray().Should().Equal(0xFF, 0xD8);
        large[0].Length.Should().BeGreaterThan(small[0].Length);
        large.Set.Sha256.Should().NotBe(small.Set.Sha256);
    }

    [Fact]
    public void Layouts_hold_the_same_values_in_another_order()
    {
        var first = ImagePool.Tensors("x", 5, 4, ImageLayout.Nchw, ImageScale.ImageNet, count: 1)[0].Values<float>().ToArray();
        var last = ImagePool.Tensors("x", 5, 4, ImageLayout.Nhwc, ImageScale.ImageNet, count: 1)[0];

        last.Shape.Should().Equal(1, 4, 5, 3);
        var values = last.Values<float>().ToArray();
        Enumerable.Range(0, 60).Should().OnlyContain(i => values[i] == first[((i % 3) * 20) + (i / 3)]);
    }

    [Fact]
    public void Scales_are_what_models_expect()
    {
        var unit = ImagePool.Tensors("x", 8, 8, count: 1)[0].Values<float>().ToArray();
        var symmetric = ImagePool.Tensors("x", 8, 8, scale: ImageScale.Symmetric, count: 1)[0].Values<float>().ToArray();
        var imageNet = ImagePool.Tensors("x", 8, 8, scale: ImageScale.ImageNet, count: 1)[0].Values<float>().ToArray();

        unit.Should().OnlyContain(value => value >= 0 && value <= 1);
        Enumerable.Range(0, unit.Length).Should().OnlyContain(i => Math.Abs(symmetric[i] - ((unit[i] * 2) - 1)) < 1e-6);
        imageNet[64].Should().BeApproximately((unit[64] - 0.456f) / 0.224f, 1e-6f);
    }

    [Fact]
    public void Pictures_of_a_pixel_are_distinct_too()
    {
        var tensors = ImagePool.Tensors("x", 1, 1, count: 10_000);

        Enumerable.Range(0, tensors.Count).Select(i => Convert.ToHexString(tensors[i].Data.Span)).Should().OnlyHaveUniqueItems();
        tensors.Set.Count.Should().Be(10_000);
    }

    [Fact]
    public void The_hash_is_the_same_on_every_machine()
    {
        ImagePool.Jpeg(64, 64, count: 2).Set.Sha256.Should().Be("813bbcfa1c2661cc77ee7c83bdbf9e504564e106898ec98ddef6013427322bbd");
        ImagePool.Jpeg(64, 64, count: 2, seed: 2).Set.Sha256.Should().NotBe("813bbcfa1c2661cc77ee7c83bdbf9e504564e106898ec98ddef6013427322bbd");
    }

    [Theory]
    [InlineData(0, 1, 85)]
    [InlineData(1, 20_000, 85)]
    [InlineData(1, 1, 101)]
    public void A_size_or_quality_out_of_range_is_refused(int width, int height, int quality)
    {
        var make = () => ImagePool.Jpeg(width, height, quality: quality);

        make.Should().Throw<ArgumentOutOfRangeException>();
    }
}
