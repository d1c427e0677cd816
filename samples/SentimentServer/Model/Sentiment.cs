namespace SentimentServer.Model;

/// <summary>What the model says of one text.</summary>
/// <param name="Label"><c>positive</c> or <c>negative</c>.</param>
/// <param name="Score">The model's probability of that label, from 0.5 to 1.</param>
internal readonly record struct Sentiment(string Label, float Score)
{
    public static Sentiment FromProbabilityOfPositive(float probability) =>
        probability >= 0.5f ? new("positive", probability) : new("negative", 1 - probability);
}
