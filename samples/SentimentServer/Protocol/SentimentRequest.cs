namespace SentimentServer.Protocol;

/// <summary>A checked infer request, however it came.</summary>
/// <param name="Id">The client's own name for it, which the answer repeats.</param>
/// <param name="Texts">At least one, at most <see cref="TextTensor.MaxBatchSize"/>.</param>
/// <param name="Outputs">The outputs to answer with, in this order.</param>
internal sealed record SentimentRequest(string? Id, string[] Texts, RequestedOutput[] Outputs);
