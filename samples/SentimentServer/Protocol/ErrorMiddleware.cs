using SentimentServer.Protocol.Messages;

namespace SentimentServer.Protocol;

/// <summary>Gives every failed request the protocol's body, <c>{"error": "…"}</c>, unknown routes included.</summary>
internal sealed partial class ErrorMiddleware(RequestDelegate next, ILogger<ErrorMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (context.Response is { StatusCode: 404 or 405, HasStarted: false })
            {
                await WriteAsync(context, context.Response.StatusCode, $"no such route: {context.Request.Method} {context.Request.Path}");
            }
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            var status = StatusOf(exception, context);
            switch (status)
            {
                case StatusCodes.Status499ClientClosedRequest:
                    context.Response.StatusCode = status;
                    break;
                case StatusCodes.Status500InternalServerError when exception is not ProtocolException:
                    LogUnexpected(exception);
                    await WriteAsync(context, status, "internal error");
                    break;
                default:
                    await WriteAsync(context, status, exception.Message);
                    break;
            }
        }
    }

    /// <summary>The status an exception is answered with.</summary>
    public static int StatusOf(Exception exception, HttpContext context) => exception switch
    {
        ProtocolException protocol => protocol.Status,
        BadHttpRequestException bad => bad.StatusCode,
        _ when context.RequestAborted.IsCancellationRequested => StatusCodes.Status499ClientClosedRequest,
        _ => StatusCodes.Status500InternalServerError,
    };

    private static Task WriteAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(
            new ErrorResponse(message), ProtocolJson.Wire.ErrorResponse, cancellationToken: context.RequestAborted);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A request failed.")]
    private partial void LogUnexpected(Exception exception);
}
