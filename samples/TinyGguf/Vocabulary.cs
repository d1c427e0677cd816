namespace TinyGguf;

/// <summary>A SentencePiece vocabulary of about 140 words: every text can be said in it, by single bytes if need be.</summary>
internal static class Vocabulary
{
    public const int Unknown = 0;
    public const int Begin = 1;
    public const int End = 2;

    private const char Space = '\u2581';
    private const int Normal = 1;
    private const int UnknownType = 2;
    private const int Control = 3;
    private const int Byte = 6;

    private static readonly string[] s_words =
        ("the of and to in is you that it he was for on are as with his they at be this have from or one had by word but not what all were "
        + "we when your can said there use an each which she do how their if will up other about out many then them these so some her would "
        + "make like him into time has look two more write go see number no way could people my than first water been call who oil its now "
        + "find long down day did get come made may part through because another between different sentence together important children "
        + "mountain something sometimes question remember although yesterday language machine picture surface thousand government "
        + "understand beautiful").Split(' ');

    /// <summary>The tokens in the order of their ids: text, score (merging prefers the higher one), type.</summary>
    public static IReadOnlyList<(string Text, float Score, int Type)> Tokens { get; } = [.. Enumerate()];

    private static IEnumerable<(string Text, float Score, int Type)> Enumerate()
    {
        yield return ("<unk>", 0, UnknownType);
        yield return ("<s>", 0, Control);
        yield return ("</s>", 0, Control);
        for (var value = 0; value <= byte.MaxValue; value++)
        {
            yield return ($"<0x{value:X2}>", 0, Byte);
        }

        yield return (Space.ToString(), -1000, Normal);
        for (var letter = '!'; letter <= '~'; letter++)
        {
            yield return (letter.ToString(), -1000 - letter, Normal);
        }

        // Pieces are merged in pairs: a word can be reached when each of its beginnings is a token, too.
        var pieces = new Dictionary<string, float>();
        for (var rank = 0; rank < s_words.Length; rank++)
        {
            var word = Space + s_words[rank];
            pieces[word] = -1 - (0.1f * rank);
            for (var length = 2; length < word.Length; length++)
            {
                pieces.TryAdd(word[..length], -100 - rank - (50 - length));
            }
        }

        foreach (var (text, score) in pieces)
        {
            yield return (text, score, Normal);
        }
    }
}
