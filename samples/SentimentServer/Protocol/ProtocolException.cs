namespace SentimentServer.Protocol;

/// <summary>A request that is answered with a status and <c>{"error": message}</c>.</summary>
internal sealed class ProtocolException(int status, string message) : Exception(message)
{
    public int Status { get; } = status;

    public static ProtocolException BadRequest(string message) => new(StatusCodes.Status400BadRequest, message);
}
