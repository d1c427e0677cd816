using SentimentServer.Faults;
using SentimentServer.Model;
using SentimentServer.Telemetry;

namespace SentimentServer.Protocol;

/// <summary>The way of an infer request through the server, the same over HTTP and gRPC: faults, checks, the model, the counters.</summary>
internal sealed class Inference(SentimentModel model, FaultInjector faults, InferenceMetrics metrics, TimeProvider time)
{
    /// <summary>Answers a request; <paramref name="read"/> takes it from the wire once the faults let it pass.</summary>
    public async Task<SentimentAnswer> AnswerAsync(
        string name, string? version, HttpContext context, Func<CancellationToken, ValueTask<SentimentRequest>> read)
    {
        var arrival = time.GetTimestamp();
        try
        {
            ServedModel.Require(name, version);
            if (!model.IsReady)
            {
                throw new ProtocolException(StatusCodes.Status503ServiceUnavailable, $"model '{SentimentModel.Name}' is not ready");
            }

            await faults.ApplyAsync(context.RequestAborted);
            var request = await read(context.RequestAborted);
            var sentiments = await model.ClassifyAsync(request.Texts, context.RequestAborted);
            metrics.Answered(time.GetElapsedTime(arrival));
            return new SentimentAnswer(request, sentiments);
        }
        catch (Exception exception)
        {
            metrics.Failed(ErrorMiddleware.StatusOf(exception, context));
            throw;
        }
    }
}
