namespace Scripted.Serving;

/// <summary>An answer that waits for its service time to pass.</summary>
internal readonly record struct PendingAnswer(Connection Connection, Persistence Persistence, long Ticket);
