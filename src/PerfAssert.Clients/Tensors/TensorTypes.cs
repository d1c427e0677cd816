namespace PerfAssert.Clients.Tensors;

/// <summary>Names and sizes of element types.</summary>
internal static class TensorTypes
{
    private static readonly string[] Names = [.. Enum.GetNames<TensorType>().Select(name => name.ToUpperInvariant())];

    private static readonly Dictionary<Type, TensorType> OfElements = new()
    {
        [typeof(bool)] = TensorType.Bool,
        [typeof(byte)] = TensorType.UInt8,
        [typeof(ushort)] = TensorType.UInt16,
        [typeof(uint)] = TensorType.UInt32,
        [typeof(ulong)] = TensorType.UInt64,
        [typeof(sbyte)] = TensorType.Int8,
        [typeof(short)] = TensorType.Int16,
        [typeof(int)] = TensorType.Int32,
        [typeof(long)] = TensorType.Int64,
        [typeof(Half)] = TensorType.FP16,
        [typeof(float)] = TensorType.FP32,
        [typeof(double)] = TensorType.FP64,
    };

    /// <summary>The protocol's name, <c>FP32</c>.</summary>
    public static string Name(this TensorType type) => Names[(int)type];

    public static TensorType? Parse(string? name)
    {
        var index = Array.IndexOf(Names, name);
        return index < 0 ? null : (TensorType)index;
    }

    /// <summary>Bytes of one element; 0 when they vary.</summary>
    public static int Size(this TensorType type) => type switch
    {
        TensorType.Bool or TensorType.UInt8 or TensorType.Int8 => 1,
        TensorType.UInt16 or TensorType.Int16 or TensorType.FP16 or TensorType.BF16 => 2,
        TensorType.UInt32 or TensorType.Int32 or TensorType.FP32 => 4,
        TensorType.UInt64 or TensorType.Int64 or TensorType.FP64 => 8,
        _ => 0,
    };

    public static TensorType Of<T>() => OfElements.TryGetValue(typeof(T), out var type)
        ? type
        : throw new ArgumentException($"A tensor has no elements of type {typeof(T).Name}: take bool, an integer, Half, float, double, or Tensor.Raw.");
}
