namespace SentimentServer.Model;

/// <summary>The encoder and the head together. Not safe for use by several threads at once.</summary>
internal sealed class SentimentClassifier : IDisposable
{
    private const int WarmUpRounds = 10;

    private readonly SentenceEncoder _encoder;
    private readonly SentimentHead _head;

    private SentimentClassifier(SentenceEncoder encoder, SentimentHead head)
    {
        _encoder = encoder;
        _head = head;
    }

    /// <summary>Loads the model and runs it a few times: the first runs are several times slower than the rest.</summary>
    public static SentimentClassifier LoadWarm()
    {
        var classifier = new SentimentClassifier(SentenceEncoder.Load(), SentimentHead.Load());

        // The 91 MB the graph was read into are garbage now, and nothing that follows would soon collect them.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);

        for (var round = 0; round < WarmUpRounds; round++)
        {
            classifier.Classify(["A short text to warm up with."]);
            classifier.Classify(["One of two texts.", "The other one, which is somewhat longer than the first."]);
        }

        return classifier;
    }

    public Sentiment[] Classify(IReadOnlyList<string> texts) =>
        Array.ConvertAll(
            _encoder.Encode(texts),
            embedding => Sentiment.FromProbabilityOfPositive(_head.ProbabilityOfPositive(embedding)));

    public void Dispose() => _encoder.Dispose();
}
