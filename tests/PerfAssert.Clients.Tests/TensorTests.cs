using FluentAssertions;
using Xunit;

namespace PerfAssert.Clients.Tests;

public sealed class TensorTests
{
    [Fact]
    public void A_shape_holds_as_many_elements_as_there_are()
    {
        var create = () => Tensor.Create("x", [1, 2, 3], 2, 2);

        create.Should().Throw<ArgumentException>().WithMessage("Tensor 'x' has 3 elements, but its shape [2, 2] holds 4.");
    }

    [Fact]
    public void Elements_are_not_copied()
    {
        int[] values = [1, 2];
        var tensor = Tensor.Create("x", values);

        values[0] = 7;

        tensor.Values<int>().ToArray().Should().Equal(7, 2);
        tensor.Data.ToArray().Should().Equal(7, 0, 0, 0, 2, 0, 0, 0);
    }

    [Fact]
    public void Elements_are_read_as_what_they_are()
    {
        var read = () => Tensor.Create("x", [1, 2]).Values<float>().Length;

        read.Should().Throw<InvalidOperationException>().WithMessage("Tensor 'x' is of INT32, not of FP32.");
    }

    [Fact]
    public void Types_that_no_model_knows_are_refused()
    {
        var create = () => Tensor.Create("x", [1m]);

        create.Should().Throw<ArgumentException>().WithMessage("*Decimal*");
    }

    [Fact]
    public void Raw_bytes_fit_type_and_shape()
    {
        var create = () => Tensor.Raw("x", TensorType.BF16, new byte[3], 2);

        create.Should().Throw<ArgumentException>().WithMessage("Tensor 'x' has 3 bytes of data, which are not 2 elements of BF16.");
        Tensor.Raw("x", TensorType.BF16, new byte[4], 2).Data.Length.Should().Be(4);
    }
}
