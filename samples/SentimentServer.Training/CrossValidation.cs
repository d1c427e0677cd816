namespace SentimentServer.Training;

/// <summary>How often models are right about examples they were not trained on.</summary>
internal sealed record CrossValidation(double Accuracy, double OnPositive, double OnNegative)
{
    public static CrossValidation Run(Example[] examples, int folds, int seed, CancellationToken cancellationToken)
    {
        var shuffled = examples.ToArray();
        new Random(seed).Shuffle(shuffled);

        var right = new List<Example>(shuffled.Length);
        for (var fold = 0; fold < folds; fold++)
        {
            var held = fold;
            var model = LogisticRegression.Fit([.. shuffled.Where((_, i) => i % folds != held)], cancellationToken);
            right.AddRange(shuffled.Where((example, i) => i % folds == held && model.IsPositive(example.Embedding) == example.IsPositive));
        }

        return new CrossValidation(
            (double)right.Count / shuffled.Length,
            (double)right.Count(example => example.IsPositive) / shuffled.Count(example => example.IsPositive),
            (double)right.Count(example => !example.IsPositive) / shuffled.Count(example => !example.IsPositive));
    }
}
