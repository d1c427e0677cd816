namespace SentimentServer.Protocol;

/// <summary>An output to answer with.</summary>
/// <param name="Name">One of the model's.</param>
/// <param name="IsRaw">Whether it goes out as bytes, and not as JSON or typed contents.</param>
internal readonly record struct RequestedOutput(string Name, bool IsRaw);
