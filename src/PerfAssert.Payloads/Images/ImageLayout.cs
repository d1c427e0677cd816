namespace PerfAssert.Payloads.Images;

/// <summary>In which order the elements of an image tensor lie.</summary>
public enum ImageLayout
{
    /// <summary>1 × channels × height × width: PyTorch, ONNX, Triton's usual.</summary>
    Nchw,

    /// <summary>1 × height × width × channels: TensorFlow's.</summary>
    Nhwc,
}
