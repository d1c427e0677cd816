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
        floats.Should().OnlyContain(value => value >= -1 && value <= 1);
        floats.Average().Should().BeApproximately(0, 0.05f);

        TensorPool.Random(new RandomTensor("t", TensorType.Bytes, 100) { From = 2, To = 5 }, count: 1)[0].Texts()
            .Should().HaveCount(100).And.OnlyContain(text => text.Length >= 2 && text.Length <= 4);
        TensorPool.Random(new RandomTensor("o", TensorType.Bool, 100), count: 1)[0].Values<bool>().ToArray().Should().Contain(true).And.Contain(false);
    }

    [Fact]
    public void The_hash_is_the_same_on_every_machine() =>
        TensorPool.Random(new RandomTensor("x", TensorType.FP32, 4), count: 2).Set.Sha256.Should().Be("3044b7dfae49e6be8bbb5528ab2f645203dd55b7092640e83ff2d5f59ac481b4");

    [Theory]
    [InlineData(TensorType.UInt8, 0, 300)]
    [InlineData(TensorType.UInt8, -1, 5)]
    [InlineData(TensorType.FP32, 1, 1)]
    [InlineData(TensorType.FP32, double.NaN, 1)]
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
}
