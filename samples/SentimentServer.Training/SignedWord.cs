namespace SentimentServer.Training;

/// <summary>A word or a short phrase, and how pleasant it is: from −5 to 5, never 0.</summary>
internal readonly record struct SignedWord(string Text, int Valence);
