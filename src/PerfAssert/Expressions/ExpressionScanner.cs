using System.Globalization;

namespace PerfAssert.Expressions;

/// <summary>A cursor over an expression, shared by both grammars. Every read skips white space first, and every error knows its column.</summary>
internal sealed class ExpressionScanner
{
    /// <summary>Numbers stay far from what a decimal or a tick count can hold, whatever the unit.</summary>
    private const int MaxIntegerDigits = 12;

    private const int MaxDecimalPlaces = 9;
    private const int MaxShownLength = 40;

    private readonly string text;
    private int position;

    public ExpressionScanner(string? text) => this.text = text ?? "";

    /// <summary>Where the next token starts, counted from 1.</summary>
    public int Column => Next + 1;

    /// <summary>Whether nothing but white space is left.</summary>
    public bool AtEnd => Next == text.Length;

    private int Next
    {
        get
        {
            var next = position;
            while (next < text.Length && char.IsWhiteSpace(text[next]))
            {
                next++;
            }

            return next;
        }
    }

    /// <summary>Reads <paramref name="token"/>, ignoring case. A word is read whole or not at all: <c>for</c> does not match <c>forty</c>.</summary>
    public bool TryRead(string token)
    {
        var start = Next;
        var end = start + token.Length;
        if (string.Compare(text, start, token, 0, token.Length, StringComparison.OrdinalIgnoreCase) != 0
            || (end < text.Length && IsWordPart(token[token.Length - 1]) && IsWordPart(text[end])))
        {
            return false;
        }

        position = end;
        return true;
    }

    /// <summary>Reads <paramref name="symbol"/> if it follows the last token without a space.</summary>
    public bool TryReadAdjacent(char symbol)
    {
        if (position == text.Length || text[position] != symbol)
        {
            return false;
        }

        position++;
        return true;
    }

    /// <summary>Reads <paramref name="token"/> or fails.</summary>
    public void Read(string token)
    {
        if (!TryRead(token))
        {
            throw Unexpected(token);
        }
    }

    /// <summary>The letter with its letters, digits, <c>_</c> and <c>-</c> that comes next; empty if none does.</summary>
    public string PeekName() => Peek(IsLetter, c => IsLetter(c) || IsDigit(c) || c is '_' or '-');

    /// <summary>Reads the unit that comes next: letters, <c>%</c> or <c>/s</c>; empty if none does.</summary>
    public string ReadUnit()
    {
        var unit = TryRead("%") ? "%" : TryRead("/s") ? "/s" : "";
        return unit.Length > 0 ? unit : Take(Peek(IsUnitLetter, IsUnitLetter));
    }

    /// <summary>Reads one character of the next token.</summary>
    public void Skip() => position = Math.Min(Next + 1, text.Length);

    /// <summary>Reads a name found by <see cref="PeekName"/>.</summary>
    public string ReadName() => Take(PeekName());

    /// <summary>Reads a file's name: in single or double quotes, or up to the next blank or comma.</summary>
    public string ReadFile(string expected)
    {
        var start = Next;
        if (start == text.Length || text[start] == ',')
        {
            throw Unexpected([expected]);
        }

        if (text[start] is not ('\'' or '"'))
        {
            var end = start;
            while (end < text.Length && text[end] != ',' && !char.IsWhiteSpace(text[end]))
            {
                end++;
            }

            position = end;
            return text.Substring(start, end - start);
        }

        var close = text.IndexOf(text[start], start + 1);
        if (close <= start + 1)
        {
            throw Error(start + 1, close < 0
                ? $"found a quote that is not closed, expected {expected}"
                : $"found an empty name, expected {expected}");
        }

        position = close + 1;
        return text.Substring(start + 1, close - start - 1);
    }

    /// <summary>Reads an unsigned decimal number, invariant culture.</summary>
    public decimal ReadNumber(string expected)
    {
        var start = Next;
        var end = SkipDigits(start);
        if (end == start)
        {
            throw Unexpected([expected]);
        }

        var integerDigits = end - start;
        var places = 0;
        if (end + 1 < text.Length && text[end] == '.' && IsDigit(text[end + 1]))
        {
            var point = end;
            end = SkipDigits(point + 1);
            places = end - point - 1;
        }

        if (end + 1 < text.Length && text[end] == ',' && IsDigit(text[end + 1]))
        {
            throw Error(end + 1, "found ',' inside a number, expected '.' before decimals and nothing between thousands: 1000 or 0.5");
        }

        if (integerDigits > MaxIntegerDigits || places > MaxDecimalPlaces)
        {
            throw Error(start + 1, $"'{Shorten(text.Substring(start, end - start))}' is too long, expected at most {MaxIntegerDigits} digits and {MaxDecimalPlaces} decimal places");
        }

        position = end;
        var number = text.Substring(start, end - start);
        return decimal.Parse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
    }

    /// <summary>Reads a whole number from 1 to <paramref name="most"/>.</summary>
    public long ReadCount(string what, long most)
    {
        var column = Column;
        return ToCount(ReadNumber("a number of " + what), what, most, column);
    }

    /// <summary>Checks that a number already read is a whole number from 1 to <paramref name="most"/>.</summary>
    public long ToCount(decimal number, string what, long most, int column) =>
        number == decimal.Truncate(number) && number >= 1 && number <= most
            ? (long)number
            : throw Error(column, string.Format(CultureInfo.InvariantCulture, "found {0} {1}, expected a whole number from 1 to {2:N0}", number, what, most));

    /// <summary>Fails unless the expression is over.</summary>
    public void ReadEnd(params string[] expected)
    {
        if (!AtEnd)
        {
            throw Unexpected([.. expected, "the end"]);
        }
    }

    /// <summary>The error of finding something else than one of <paramref name="expected"/>, with a guess at what was meant.</summary>
    public PerfExpressionException Unexpected(params string[] expected)
    {
        var found = Next == text.Length ? "the end" : $"'{Shorten(NextToken())}'";
        var hint = Suggestion.For(Peek(IsLetter, IsWordPart), expected);
        return Error(Column, $"found {found}, expected {Suggestion.List(expected)}{hint}");
    }

    /// <summary>An error at a column.</summary>
    public PerfExpressionException Error(int column, string problem) => new(text, column, problem);

    private static bool IsDigit(char c) => c is >= '0' and <= '9';

    private static bool IsLetter(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');

    private static bool IsWordPart(char c) => IsLetter(c) || IsDigit(c) || c == '_';

    /// <summary>The micro sign and the Greek letter look alike and are both typed.</summary>
    private static bool IsUnitLetter(char c) => IsLetter(c) || c is '\u00B5' or '\u03BC';

    private static string Shorten(string token) =>
        token.Length <= MaxShownLength ? token : token.Remove(MaxShownLength) + "…";

    private string NextToken()
    {
        var token = Peek(IsWordPart, c => IsWordPart(c) || c is '.' or '-');
        if (token.Length > 0)
        {
            return token;
        }

        var next = Next;
        return text.Substring(next, char.IsSurrogatePair(text, next) ? 2 : 1);
    }

    private string Peek(Func<char, bool> first, Func<char, bool> following)
    {
        var start = Next;
        var end = start;
        while (end < text.Length && (end == start ? first(text[end]) : following(text[end])))
        {
            end++;
        }

        return text.Substring(start, end - start);
    }

    private string Take(string token)
    {
        position = token.Length == 0 ? position : Next + token.Length;
        return token;
    }

    private int SkipDigits(int from)
    {
        while (from < text.Length && IsDigit(text[from]))
        {
            from++;
        }

        return from;
    }
}
