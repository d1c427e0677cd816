using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PerfAssert.Clients.Http;

/// <summary>Names failures. Messages are alike for all requests that fail alike; what differs goes into the detail.</summary>
internal static class Failures
{
    private const int LongestDetail = 300;
    private const int LongestCode = 40;

    /// <summary>What broke before the headers of an answer came.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="reused">Whether the connection had carried a request before; null over HTTP/2, where that is not known.</param>
    /// <param name="secrets">What no message may contain.</param>
    public static RequestFailedException OfSending(Exception exception, bool? reused, Secrets secrets)
    {
        var detail = Detail(exception, secrets);
        var error = (exception as HttpRequestException)?.HttpRequestError ?? HttpRequestError.Unknown;
        return error switch
        {
            HttpRequestError.NameResolutionError => new(FailureKind.NoConnection, "no connection: unknown host", detail),
            HttpRequestError.SecureConnectionError => new(FailureKind.NoConnection, "no connection: TLS handshake failed", detail),
            HttpRequestError.ConnectionError => new(FailureKind.NoConnection, "no connection: " + Reason(exception, "could not connect"), detail),
            HttpRequestError.InvalidResponse => new(FailureKind.Malformed, "malformed answer: no HTTP", detail),
            HttpRequestError.ConfigurationLimitExceeded => new(FailureKind.Malformed, "malformed answer: headers too long", detail),
            HttpRequestError.VersionNegotiationError => new(FailureKind.Malformed, "malformed answer: another HTTP version than asked for", detail),
            HttpRequestError.HttpProtocolError => new(FailureKind.BrokenConnection, "broken connection: HTTP/2 error " + Http2Error(exception), detail),
            _ when reused is null => new(FailureKind.BrokenConnection, $"broken connection: {Reason(exception, "closed")} before the end of the answer", detail),
            _ => new(
                reused.Value ? FailureKind.BrokenReusedConnection : FailureKind.BrokenConnection,
                $"broken {(reused.Value ? "reused" : "new")} connection: {Reason(exception, "closed")} before the answer",
                detail),
        };
    }

    public static RequestFailedException OfReading(Exception exception, Secrets secrets) =>
        exception is HttpIOException { HttpRequestError: HttpRequestError.InvalidResponse }
            ? new(FailureKind.Malformed, "malformed answer: no HTTP", Detail(exception, secrets))
            : new(FailureKind.Truncated, $"truncated answer: connection {Reason(exception, "closed")} before its end", Detail(exception, secrets));

    public static RequestFailedException OfStatus(HttpStatusCode status, ReadOnlySpan<byte> body, Secrets secrets)
    {
        using var standard = new HttpResponseMessage(status);
        var kind = status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable ? FailureKind.Overloaded : FailureKind.Status;
        return new RequestFailedException(kind, $"HTTP {(int)status} {standard.ReasonPhrase}".TrimEnd(), Shorten(Encoding.UTF8.GetString(body), secrets), status);
    }

    public static RequestFailedException InAnswer(string? code, string? words, Secrets secrets) =>
        new(
            FailureKind.ErrorInAnswer,
            IsStable(code) ? $"error inside a successful answer: {secrets.Remove(code!)}" : "error inside a successful answer",
            words is null ? null : Shorten(words, secrets));

    public static string? Shorten(string text, Secrets secrets)
    {
        var line = secrets.Remove(text).ReplaceLineEndings(" ").Trim();
        return line.Length == 0 ? null : line.Length > LongestDetail ? line[..LongestDetail] + "…" : line;
    }

    // A code such as rate_limit_exceeded or 503, not a sentence and no request's own number.
    private static bool IsStable(string? code) =>
        code is { Length: > 0 and <= LongestCode } && code.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.') && code.Count(char.IsAsciiDigit) <= 4;

    private static string? Detail(Exception exception, Secrets secrets)
    {
        var text = new StringBuilder();
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            text.Append(text.Length == 0 ? string.Empty : " <- ").Append(cause.GetType().Name).Append(": ").Append(cause.Message);
        }

        return Shorten(text.ToString(), secrets);
    }

    // Named as in RFC 9113.
    private static string Http2Error(Exception? exception) => exception switch
    {
        HttpProtocolException { ErrorCode: 0x1 } => "PROTOCOL_ERROR",
        HttpProtocolException { ErrorCode: 0x2 } => "INTERNAL_ERROR",
        HttpProtocolException { ErrorCode: 0x6 } => "FRAME_SIZE_ERROR",
        HttpProtocolException { ErrorCode: 0x7 } => "REFUSED_STREAM",
        HttpProtocolException { ErrorCode: 0x8 } => "CANCEL",
        HttpProtocolException { ErrorCode: 0xb } => "ENHANCE_YOUR_CALM",
        HttpProtocolException other => string.Create(CultureInfo.InvariantCulture, $"0x{other.ErrorCode:x}"),
        null => "of an unknown kind",
        _ => Http2Error(exception.InnerException),
    };

    private static string Reason(Exception exception, string otherwise) => Socket(exception)?.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "refused",
        SocketError.ConnectionReset or SocketError.Shutdown or SocketError.ConnectionAborted => "reset",
        SocketError.TimedOut => "timed out",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => "unreachable",
        SocketError.AddressNotAvailable => "no free local port",
        SocketError.TooManyOpenSockets => "too many open sockets",
        _ => otherwise,
    };

    private static SocketException? Socket(Exception? exception) =>
        exception is null or SocketException ? exception as SocketException : Socket(exception.InnerException);
}
