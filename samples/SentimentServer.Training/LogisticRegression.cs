using SentimentServer.Model;

namespace SentimentServer.Training;

/// <summary>Weights and bias that minimise the mean logistic loss plus a ridge penalty; both labels weigh the same in total.</summary>
internal sealed record LogisticRegression(double[] Weights, double Bias)
{
    private const int Steps = 600;
    private const double Penalty = 1e-4;

    // Embeddings have length 1, so with the bias the gradient's slope is at most (1 + 1) / 4.
    private const double StepSize = 1 / (0.5 + Penalty);

    /// <summary>Nesterov's accelerated gradient on all examples at once: no random order, so one result for one input.</summary>
    public static LogisticRegression Fit(Example[] examples, CancellationToken cancellationToken)
    {
        var (onPositive, onNegative) = LabelWeights(examples);
        var current = new double[SentenceEncoder.Dimensions + 1];
        var ahead = new double[current.Length];
        var gradient = new double[current.Length];
        for (var step = 0; step < Steps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Array.Clear(gradient);
            foreach (var (embedding, isPositive) in examples)
            {
                var probability = 1 / (1 + Math.Exp(-LogOdds(ahead, embedding)));
                AddTo(gradient, embedding, isPositive ? (probability - 1) * onPositive : probability * onNegative);
            }

            var momentum = step / (step + 3.0);
            for (var d = 0; d < current.Length; d++)
            {
                // The last one is the bias, which is not held back.
                var penalty = d == SentenceEncoder.Dimensions ? 0 : Penalty * ahead[d];
                var next = ahead[d] - (StepSize * (gradient[d] + penalty));
                ahead[d] = next + (momentum * (next - current[d]));
                current[d] = next;
            }
        }

        return new LogisticRegression(current[..^1], current[^1]);
    }

    public bool IsPositive(float[] embedding) => LogOdds([.. Weights, Bias], embedding) >= 0;

    // The list has twice as many negative words as positive ones; texts have not.
    private static (double OnPositive, double OnNegative) LabelWeights(Example[] examples)
    {
        var positive = examples.Count(example => example.IsPositive);
        return (0.5 / positive, 0.5 / (examples.Length - positive));
    }

    private static double LogOdds(double[] parameters, float[] embedding)
    {
        var sum = parameters[^1];
        for (var d = 0; d < embedding.Length; d++)
        {
            sum += parameters[d] * embedding[d];
        }

        return sum;
    }

    private static void AddTo(double[] gradient, float[] embedding, double factor)
    {
        for (var d = 0; d < embedding.Length; d++)
        {
            gradient[d] += factor * embedding[d];
        }

        gradient[^1] += factor;
    }
}
