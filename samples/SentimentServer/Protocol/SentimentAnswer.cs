using SentimentServer.Model;

namespace SentimentServer.Protocol;

/// <summary>What was asked and what the model says, one for each text.</summary>
internal sealed record SentimentAnswer(SentimentRequest Request, Sentiment[] Sentiments);
