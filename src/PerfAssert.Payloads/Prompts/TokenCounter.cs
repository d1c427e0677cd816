using Microsoft.ML.Tokenizers;

namespace PerfAssert.Payloads.Prompts;

/// <summary>Counts the tokens of a text as a model's tokenizer does, with the special tokens it adds. Nothing is downloaded: bring the tokenizer.</summary>
public sealed class TokenCounter
{
    private readonly Func<string, int> count;

    private TokenCounter(string name, Func<string, int> count)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(count);
        (Name, this.count) = (name, count);
    }

    /// <summary>Name of the tokenizer, for messages.</summary>
    public string Name { get; }

    /// <summary>
    /// A tokenizer of Microsoft.ML.Tokenizers: Tiktoken, BPE, Llama, WordPiece. A <see cref="BertTokenizer"/> is counted with [CLS] and [SEP];
    /// of any other, what it was created with decides: special tokens are counted where it adds them by itself, as Llama's does at the beginning.
    /// </summary>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <returns>The counter.</returns>
    public static TokenCounter Of(Tokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        // It encodes with its special tokens and counts without them.
        return new(tokenizer.GetType().Name, tokenizer is BertTokenizer bert ? text => bert.EncodeToIds(text).Count : text => tokenizer.CountTokens(text));
    }

    /// <summary>A WordPiece tokenizer of FastBertTokenizer, with its two special tokens.</summary>
    /// <param name="tokenizer">The tokenizer, with its vocabulary loaded.</param>
    /// <returns>The counter.</returns>
    public static TokenCounter Of(FastBertTokenizer.BertTokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        return new(nameof(FastBertTokenizer), text => tokenizer.Encode(text, maximumTokens: text.Length + 8).InputIds.Length);
    }

    /// <summary>Any other tokenizer.</summary>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="count">Counts the tokens of a text.</param>
    /// <returns>The counter.</returns>
    public static TokenCounter Of(string name, Func<string, int> count) => new(name, count);

    /// <summary>Tokens of a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>How many.</returns>
    public int Count(string text) => count(text);
}
