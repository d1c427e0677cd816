using CsCheck;

namespace PerfAssert.Tests.Expressions;

/// <summary>Texts to throw at a parser.</summary>
internal static class Texts
{
    private static readonly Gen<char> Character = Gen.OneOf(Gen.Char.AlphaNumeric, Choice.Of(" .,<>=%$/+-µμ\t\n\0\"\uD83D".ToCharArray()), Gen.Char);

    /// <summary>Anything, valid texts, and valid texts with a piece cut out, doubled or replaced.</summary>
    public static Gen<string> Like(Gen<string> valid) => Gen.OneOf(
        Gen.String,
        valid,
        Gen.Select(valid, Gen.Double.Unit, Gen.Double.Unit, Gen.String[Character, 0, 5]).Select(Replace),
        Gen.Select(valid, Gen.Double.Unit, Gen.Double.Unit, valid).Select(Replace));

    private static string Replace(string text, double one, double other, string with)
    {
        var start = (int)(Math.Min(one, other) * text.Length);
        var end = (int)(Math.Max(one, other) * text.Length);
        return text[..start] + with + text[end..];
    }
}
