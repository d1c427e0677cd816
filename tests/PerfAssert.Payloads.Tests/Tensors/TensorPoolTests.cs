using FluentAssertions;
using PerfAssert.Clients;
using PerfAssert.Payloads.Tensors;
using Xunit;

namespace PerfAssert.Payloads.Tests.Tensors;

public sealed class TensorPoolTests
{
    public static TheoryData<TensorType> Types => [.. Enum.GetValues<TensorType>()];

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_type_has_its_shape_and_a_seed_gives_the_same(TensorType type)
    {
        var (one, again, other) = (Make(1), Make(1), Make(2));

        one[0].Shape.Should().Equal(2, 3, 50);
        one[0].Type.Should().Be(type);
        one.Set.Sha256.Should().Be(again.Set.Sha256).And.NotBe(other.Set.Sha256);
        one[0].Data.ToArray().Should().Equal(again[0].Data.ToArray()).And.NotEqual(one[1].Data.ToArray());

        PayloadPool<Tensor> Make(int seed) => TensorPool.Random(new RandomTensor("x", type, 2, 3, 50), count: 3, seed: seed);
    }

    [Fact]
    public void Elements_fill_their_range()
    {
        var ids = TensorPool.Random(new RandomTensor("ids", TensorType.Int64, 1, 10_000) { From = -5, To = 5 }, count: 1)[0].Values<long>().ToArray();
        ids.Distinct().Order().Should().Equal(-5, -4, -3, -2, -1, 0, 1, 2, 3, 4);
        ids.Average().Should().BeApproximately(-0.5, 0.2);

        var bytes = TensorPool.Random(new RandomTensor("b", TensorType.UInt8, 10_000) { To = 256 }, count: 1)[0].Values<byte>().ToArray();
        (bytes.Min(), bytes.Max()).Should().Be(((byte)0, (byte)255));

        var floats = TensorPool.Random(new RandomTensor("f", TensorType.FP32, 10_000) { From = -1 }, count: 1)[0].Values<float>().ToArray();
        floats.Should().OnlyContain(value => value >= -1 && value < 1);
        floats.Average().Should().BeApproximately(0, 0.05f);

        TensorPool.Random(new RandomTensor("t", TensorType.Bytes, 100) { From = 2, To = 5 }, count: 1)[0].Texts()
            .Should().HaveCount(100).And.OnlyContain(text => text.Length >= 2 && text.Length <= 4);
        TensorPool.Random(new RandomTensor("o", TensorType.Bool, 100), count: 1)[0].Values<bool>().ToArray().Should().Contain(true).And.Contain(false);
    }

    [Fact]
    public void Whole_numbers_are_within_a_range_of_fractions() =>
        TensorPool.Random(new RandomTensor("x", TensorType.Int64, 1_000) { From = 1.5, To = 4.5 }, count: 1)[0].Values<long>().ToArray()
            .Distinct().Order().Should().Equal(2, 3, 4);

    [Theory]
    [InlineData(TensorType.FP16, 0, 1)]
    [InlineData(TensorType.FP16, 0.1, 0.101)]
    [InlineData(TensorType.BF16, 0.1, 1)]
    [InlineData(TensorType.BF16, -2, -1)]
    [InlineData(TensorType.FP32, 1, 1.0000002)]
    [InlineData(TensorType.FP64, 1, 1.0000000000000002)]
    public void Rounding_leaves_no_range(TensorType type, double from, double to) =>
        Numbers(TensorPool.Random(new RandomTensor("x", type, 20_000) { From = from, To = to }, count: 1)[0])
            .Should().OnlyContain(value => value >= from && value < to);

    [Fact]
    public void Tensors_repeat_only_where_the_range_holds_no_more()
    {
        var bytes = TensorPool.Random(new RandomTensor("x", TensorType.UInt8, 1) { To = 100 }, count: 90);
        Enumerable.Range(0, 90).Select(i => bytes[i].Data.Span[0]).Should().OnlyHaveUniqueItems();
        bytes.Set.Count.Should().Be(90);

        var bits = TensorPool.Random(new RandomTensor("x", TensorType.Bool, 2), count: 9);
        (bits.Count, bits.Set.Count).Should().Be((9, 4));
        var zeros = TensorPool.Random(new RandomTensor("x", TensorType.Int64, 128) { To = 1 });
        (zeros.Count, zeros.Set.Count).Should().Be((100, 1));
    }

    [Fact]
    public void The_hash_is_the_same_on_every_machine() =>
        TensorPool.Random(new RandomTensor("x", TensorType.FP32, 4), count: 2).Set.Sha256.Should().Be("3044b7dfae49e6be8bbb5528ab2f645203dd55b7092640e83ff2d5f59ac481b4");

    [Theory]
    [InlineData(TensorType.UInt8, 0, 300)]
    [InlineData(TensorType.UInt8, -1, 5)]
    [InlineData(TensorType.FP32, 1, 1)]
    [InlineData(TensorType.FP32, double.NaN, 1)]
    [InlineData(TensorType.Int32, 1.2, 1.8)]
    [InlineData(TensorType.FP16, 1.0001, 1.0002)]
    [InlineData(TensorType.BF16, 1.0001, 1.0002)]
    public void A_range_the_type_does_not_hold_is_refused(TensorType type, double from, double to)
    {
        var make = () => TensorPool.Random(new RandomTensor("x", type, 4) { From = from, To = to });

        make.Should().Throw<ArgumentException>().WithMessage("Tensor 'x' has the range*");
    }

    [Fact]
    public void A_shape_without_elements_is_refused()
    {
        var make = () => new RandomTensor("x", TensorType.FP32, 1, 0);

        make.Should().Throw<ArgumentException>().WithMessage("Tensor 'x' has the shape [1, 0]*");
    }

    private static double[] Numbers(Tensor tensor) => tensor.Type switch
    {
        TensorType.FP16 => Array.ConvertAll(tensor.Values<Half>().ToArray(), value => (double)value),
        TensorType.BF16 => [.. tensor.Data.ToArray().Chunk(2).Select(bytes => (double)BitConverter.UInt32BitsToSingle((uint)BitConverter.ToUInt16(bytes) << 16))],
        TensorType.FP32 => Array.ConvertAll(tensor.Values<float>().ToArray(), value => (double)value),
        _ => tensor.Values<double>().ToArray(),
    };
}
