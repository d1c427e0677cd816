using System.Diagnostics.CodeAnalysis;

namespace PerfAssert.Clients;

/// <summary>Element type of a tensor, named as in the Open Inference Protocol.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "The protocol's own names.")]
public enum TensorType
{
    /// <summary>BOOL: one byte, 0 or 1.</summary>
    Bool,

    /// <summary>UINT8: one byte.</summary>
    UInt8,

    /// <summary>UINT16: two bytes.</summary>
    UInt16,

    /// <summary>UINT32: four bytes.</summary>
    UInt32,

    /// <summary>UINT64: eight bytes.</summary>
    UInt64,

    /// <summary>INT8: one byte.</summary>
    Int8,

    /// <summary>INT16: two bytes.</summary>
    Int16,

    /// <summary>INT32: four bytes.</summary>
    Int32,

    /// <summary>INT64: eight bytes.</summary>
    Int64,

    /// <summary>FP16: two bytes, <see cref="Half"/>. Has no JSON form.</summary>
    FP16,

    /// <summary>BF16: two bytes. Triton only, has no JSON form.</summary>
    BF16,

    /// <summary>FP32: four bytes, <see langword="float"/>.</summary>
    FP32,

    /// <summary>FP64: eight bytes, <see langword="double"/>.</summary>
    FP64,

    /// <summary>BYTES: text or bytes of any length. Bytes that are no UTF-8 have no JSON form in the Open Inference Protocol; TensorFlow Serving has one.</summary>
    Bytes,
}
