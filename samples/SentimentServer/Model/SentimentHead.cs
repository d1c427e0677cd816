using System.Text.Json;

namespace SentimentServer.Model;

/// <summary>A logistic regression on sentence embeddings: the only part of the model that was trained here.</summary>
/// <param name="TrainedOn">The word list, with its version.</param>
/// <param name="Bias">The log-odds of positive at the origin.</param>
/// <param name="Weights">One for each dimension of the embedding.</param>
internal sealed record SentimentHead(string TrainedOn, float Bias, float[] Weights)
{
    private const string Resource = "sentiment-head.json";

    /// <summary>Reads the head that was compiled into the server.</summary>
    public static SentimentHead Load()
    {
        using var stream = typeof(SentimentHead).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidDataException($"The server was built without {Resource}.");
        var head = JsonSerializer.Deserialize(stream, HeadJson.Default.SentimentHead);
        return head?.Weights.Length == SentenceEncoder.Dimensions
            ? head
            : throw new InvalidDataException($"{Resource} needs {SentenceEncoder.Dimensions} weights.");
    }

    /// <summary>The probability that the text behind the embedding is positive.</summary>
    public float ProbabilityOfPositive(ReadOnlySpan<float> embedding)
    {
        var logOdds = Bias;
        for (var d = 0; d < Weights.Length; d++)
        {
            logOdds += Weights[d] * embedding[d];
        }

        return 1 / (1 + MathF.Exp(-logOdds));
    }
}
