namespace SentimentServer.Training;

/// <summary>One thing to learn from: where the text lies, and what it should be called.</summary>
internal readonly record struct Example(float[] Embedding, bool IsPositive);
