using System.Runtime.InteropServices;
using PerfAssert.Measurements;
using PerfAssert.Payloads.Seeds;

namespace PerfAssert.Payloads.Prompts;

/// <summary>Makes pools of prompts.</summary>
public static class PromptPool
{
    private const string DefaultName = "prompts";

    /// <summary>
    /// Prompts of random common words, each of exactly as many tokens as the distribution drew: every text is encoded again. Where no text of
    /// that length was found (none has fewer tokens than the special ones a tokenizer adds), the nearest is taken, and
    /// <see cref="TokenSummary.Missed"/> and <see cref="TokenSummary.MissedBy"/> say so.
    /// </summary>
    /// <param name="tokens">The model's tokenizer.</param>
    /// <param name="length">How many tokens.</param>
    /// <param name="count">Prompts, 1 to 1,000,000; they repeat only where no more of a length are found. Default: 1,000.</param>
    /// <param name="seed">Seed of lengths and words. Default: 1.</param>
    /// <param name="name">Name in the run file. Default: <c>prompts</c>.</param>
    /// <returns>The prompts.</returns>
    public static PayloadPool<string> OfLength(TokenCounter tokens, TokenLength length, int count = 1000, int seed = 1, string name = DefaultName)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentNullException.ThrowIfNull(length);
        PoolSize.Check(count);
        var (random, writer, distinct) = (new SeededRandom(seed), new PromptWriter(tokens), new DistinctDraws());
        var (prompts, lengths) = (new string[count], new int[count]);
        var (missed, missedBy) = (0, 0);
        for (var i = 0; i < count; i++)
        {
            var wanted = length.Draw(random);
            (prompts[i], lengths[i]) = distinct.Draw(() => writer.Write(wanted, random), drawn => MemoryMarshal.AsBytes(drawn.Text.AsSpan()), wanted);
            missed += lengths[i] == wanted ? 0 : 1;
            missedBy = Math.Max(missedBy, Math.Abs(lengths[i] - wanted));
        }

        return Pool(prompts, distinct.Count, name, new TokenSummary(lengths.Min(), lengths.Average(), lengths.Max(), missed, missedBy));
    }

    /// <summary>Prompts out of JSON lines: one object a line. Blank lines are passed over, and a prompt that stands there twice is sent twice.</summary>
    /// <param name="path">The file; a relative one is looked for from the test assembly's folder upwards.</param>
    /// <param name="field">The member that holds the prompt.</param>
    /// <param name="order">Their order. Default: that of the file.</param>
    /// <param name="seed">Seed of a shuffled order. Default: 1.</param>
    /// <param name="tokens">Counts their tokens for the run file. Default: they are not counted.</param>
    /// <param name="name">Name in the run file. Default: that of the file.</param>
    /// <returns>The prompts.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is not UTF-8 text or has no prompt, or something in it is wrong: then the message has file, line and column.</exception>
    public static PayloadPool<string> FromJsonLines(
        string path, string field, PayloadOrder order = PayloadOrder.File, int seed = 1, TokenCounter? tokens = null, string? name = null) =>
        FromFile(PromptFile.ReadJsonLines(path, field), path, order, seed, tokens, name);

    /// <summary>
    /// Prompts out of a CSV file with a header; fields are separated by commas and may be quoted, over several lines too. Blank lines are passed
    /// over, and a prompt that stands there twice is sent twice.
    /// </summary>
    /// <param name="path">The file; a relative one is looked for from the test assembly's folder upwards.</param>
    /// <param name="column">The column that holds the prompt.</param>
    /// <param name="order">Their order. Default: that of the file.</param>
    /// <param name="seed">Seed of a shuffled order. Default: 1.</param>
    /// <param name="tokens">Counts their tokens for the run file. Default: they are not counted.</param>
    /// <param name="name">Name in the run file. Default: that of the file.</param>
    /// <returns>The prompts.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is not UTF-8 text or has no prompt, or something in it is wrong: then the message has file, line and column.</exception>
    public static PayloadPool<string> FromCsv(
        string path, string column, PayloadOrder order = PayloadOrder.File, int seed = 1, TokenCounter? tokens = null, string? name = null) =>
        FromFile(PromptFile.ReadCsv(path, column), path, order, seed, tokens, name);

    private static PayloadPool<string> FromFile(string[] prompts, string path, PayloadOrder order, int seed, TokenCounter? tokens, string? name)
    {
        if (order == PayloadOrder.Shuffled)
        {
            new SeededRandom(seed).Shuffle(prompts);
        }

        var lengths = tokens is null ? null : Array.ConvertAll(prompts, tokens.Count);
        var distinct = prompts.Distinct(StringComparer.Ordinal).Count();
        return Pool(prompts, distinct, name ?? Path.GetFileName(path), lengths is null ? null : new TokenSummary(lengths.Min(), lengths.Average(), lengths.Max()));
    }

    private static PayloadPool<string> Pool(string[] prompts, int distinct, string name, TokenSummary? tokens)
    {
        using var hash = new ContentHash("texts");
        foreach (var prompt in prompts)
        {
            hash.Add(prompt);
        }

        return new PayloadPool<string>(prompts, new PayloadSet(name, hash.End(), distinct, tokens));
    }
}
