using FluentAssertions;
using PerfAssert.Clients.Tensors;
using Xunit;

namespace PerfAssert.Clients.Tests.Tensors;

/// <summary>Numbers as bytes, pinned: what sending them takes on Windows.</summary>
public sealed class CastMemoryTests
{
    private static readonly int[] Numbers = [0, 0x04030201, 0x08070605, 0];

    public static TheoryData<ReadOnlyMemory<byte>> EightBytes => new()
    {
        new CastMemory<int>(Numbers.AsMemory(1, 2)).Memory,
        new CastMemory<byte>(new CastMemory<int>(Numbers.AsMemory(1, 2)).Memory).Memory,
        Tensor.Create("x", [0x0807060504030201]).Data,
        Tensor.Create("x", [.. Enumerable.Range(0, 4).Select(i => BitConverter.UInt16BitsToHalf((ushort)(0x0201 + (i * 0x0202))))]).Data,
    };

    [Theory]
    [MemberData(nameof(EightBytes))]
    public unsafe void Each_byte_is_where_the_pointer_says(ReadOnlyMemory<byte> bytes)
    {
        using var first = bytes.Pin();
        for (var start = 0; start < 8; start++)
        {
            using var handle = bytes[start..].Pin();

            (handle.Pointer == (byte*)first.Pointer + start).Should().BeTrue();
            ((byte*)handle.Pointer)[0].Should().Be((byte)(start + 1));
        }
    }

    [Fact]
    public unsafe void Truth_values_are_pinned_too()
    {
        using var handle = Tensor.Create("x", [true, false, true]).Data[2..].Pin();

        ((byte*)handle.Pointer)[0].Should().Be(1);
    }

    [Fact]
    public unsafe void What_one_request_has_sent_stays_pinned_for_another()
    {
        var bytes = Tensor.Create("x", [0x04030201]).Data;
        using var other = bytes.Pin();

        bytes.Pin().Dispose();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);

        using var again = bytes.Pin();
        (again.Pointer == other.Pointer).Should().BeTrue();
    }

    [Fact]
    public void Nothing_outside_of_the_elements_is_pinned()
    {
        var memory = new CastMemory<int>(Numbers);

        var before = () => memory.Pin(-1);
        var behind = () => memory.Pin(17);

        before.Should().Throw<ArgumentOutOfRangeException>();
        behind.Should().Throw<ArgumentOutOfRangeException>();
        memory.Pin(16).Dispose();
    }
}
