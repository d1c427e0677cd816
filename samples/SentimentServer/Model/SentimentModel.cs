using SentimentServer.Telemetry;

namespace SentimentServer.Model;

/// <summary>The served model: absent until it is loaded and warm, then one request at a time in order of arrival.</summary>
internal sealed class SentimentModel(InferenceMetrics metrics, TimeProvider time) : IDisposable
{
    public const string Name = "sentiment";
    public const string Version = "1";

    // One lane on one thread: requests queue here, where the wait is measured, instead of fighting for the core.
    private readonly SemaphoreSlim _lane = new(1);
    private volatile SentimentClassifier? _classifier;

    public bool IsReady => _classifier is not null;

    /// <summary>Makes the model ready.</summary>
    public void Publish(SentimentClassifier classifier) => _classifier = classifier;

    public async Task<Sentiment[]> ClassifyAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var classifier = _classifier ?? throw new InvalidOperationException("The model is not ready.");
        metrics.Arrived();
        try
        {
            return await ClassifyInTurnAsync(classifier, texts, cancellationToken);
        }
        finally
        {
            metrics.Left();
        }
    }

    public void Dispose()
    {
        _classifier?.Dispose();
        _lane.Dispose();
    }

    private async Task<Sentiment[]> ClassifyInTurnAsync(
        SentimentClassifier classifier, IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var arrival = time.GetTimestamp();
        await _lane.WaitAsync(cancellationToken);
        try
        {
            var start = time.GetTimestamp();
            metrics.Queued(time.GetElapsedTime(arrival, start));
            var sentiments = classifier.Classify(texts);
            metrics.Computed(time.GetElapsedTime(start), texts.Count);
            return sentiments;
        }
        finally
        {
            _lane.Release();
        }
    }
}
