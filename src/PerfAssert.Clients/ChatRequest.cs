namespace PerfAssert.Clients;

/// <summary>A conversation to be continued.</summary>
public sealed record ChatRequest : GenerationRequest
{
    /// <summary>A conversation of one message of the user.</summary>
    /// <param name="prompt">What the user says.</param>
    public ChatRequest(string prompt)
        : this(new ChatMessage("user", prompt))
    {
    }

    /// <summary>A conversation.</summary>
    /// <param name="messages">Its messages, oldest first.</param>
    public ChatRequest(params IReadOnlyList<ChatMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        Messages = messages;
    }

    /// <summary>The messages so far, oldest first.</summary>
    public IReadOnlyList<ChatMessage> Messages { get; init; }
}
