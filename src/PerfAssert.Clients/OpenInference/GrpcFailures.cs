using Grpc.Core;
using PerfAssert.Clients.Http;

namespace PerfAssert.Clients.OpenInference;

/// <summary>Names what gRPC reports. UNAVAILABLE comes from the server, or stands for a connection that could not be made or broke.</summary>
internal static class GrpcFailures
{
    public static RequestFailedException Of(RpcException exception, Secrets secrets)
    {
        if (exception.Status.DebugException is { } cause && (cause is HttpRequestException or IOException))
        {
            return Failures.OfSending(cause, reused: null, secrets);
        }

        var kind = exception.StatusCode is StatusCode.ResourceExhausted or StatusCode.Unavailable ? FailureKind.Overloaded : FailureKind.Status;
        return new RequestFailedException(kind, $"gRPC {exception.StatusCode}", Failures.Shorten(exception.Status.Detail, secrets));
    }

    public static RequestFailedException Malformed(string detail) =>
        new(FailureKind.Malformed, "malformed answer: not what the Open Inference Protocol says", detail);
}
