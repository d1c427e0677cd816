namespace PerfAssert.Clients.OpenInference;

/// <summary>How tensors are sent and asked for.</summary>
public enum TensorEncoding
{
    /// <summary>As the protocol's own fields: JSON arrays over HTTP, typed contents over gRPC. Every server takes it.</summary>
    Plain,

    /// <summary>As bytes: the binary tensor extension over HTTP (Triton, OpenVINO), raw contents over gRPC. Costs the client far less.</summary>
    Raw,
}
