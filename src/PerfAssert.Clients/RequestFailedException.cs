using System.Net;

namespace PerfAssert.Clients;

/// <summary>
/// A request that failed. Thrown once a request; the engine counts requests with the same <see cref="Exception.Message"/> together,
/// so the message holds only what is alike for all of them, and the rest is in <see cref="Detail"/>.
/// </summary>
public sealed class RequestFailedException : Exception
{
    internal RequestFailedException(FailureKind kind, string message, string? detail = null, HttpStatusCode? statusCode = null)
        : base(message)
    {
        Kind = kind;
        Detail = detail;
        StatusCode = statusCode;
    }

    /// <summary>What went wrong.</summary>
    public FailureKind Kind { get; }

    /// <summary>The HTTP status, when the server answered with another one than 2xx.</summary>
    public HttpStatusCode? StatusCode { get; }

    /// <summary>What differs from request to request: the server's own words, shortened, or the cause. Header values of the client's options are removed.</summary>
    public string? Detail { get; }

    /// <summary>Type, message, detail and stack trace.</summary>
    /// <returns>The text.</returns>
    public override string ToString() =>
        $"{GetType().FullName}: {Message}{Line(Detail)}{Line(StackTrace)}";

    private static string Line(string? text) => string.IsNullOrEmpty(text) ? string.Empty : Environment.NewLine + text;
}
