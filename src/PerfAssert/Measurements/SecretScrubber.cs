using System.Text.RegularExpressions;

namespace PerfAssert.Measurements;

/// <summary>
/// Takes secrets out of what requests say about themselves before it is written anywhere: run files are attached to builds
/// and pull requests. When in doubt it takes too much.
/// </summary>
internal static partial class SecretScrubber
{
    private const string Mask = "***";

    // Those that are longer are known by how they begin.
    private const int LongestSecret = 4096;

    /// <summary>The text with what looks like a secret replaced by <c>***</c>.</summary>
    public static string Scrub(string text)
    {
        text = PrivateKey().Replace(text, Mask);
        text = UserInfo().Replace(text, Mask + "${end}");
        text = Header().Replace(text, "${name}" + Mask);
        text = Named().Replace(text, "${name}" + Mask);
        text = Scheme().Replace(text, "${name}" + Mask);
        text = QueryValue().Replace(text, "${name}" + Mask);
        return Key().Replace(text, Mask);
    }

    /// <summary>The beginning of a text. It is cut after its secrets are gone, because half of one does not look like one.</summary>
    /// <param name="text">The text; what is far beyond the part that is shown is not looked at.</param>
    /// <param name="length">The longest part, without the <c>…</c> behind it.</param>
    public static string ScrubAndCut(string text, int length)
    {
        var seen = text.Length;
        if (seen > length + LongestSecret)
        {
            // Not in the middle of a word, which could be a secret: what stands before it may shrink so much that it is shown.
            var blank = text.AsSpan(length, LongestSecret).LastIndexOfAny(' ', '\n');
            seen = length + (blank < 0 ? LongestSecret : blank);
        }

        var scrubbed = Scrub(text[..seen]);
        return seen == text.Length && scrubbed.Length <= length ? scrubbed : string.Concat(scrubbed.AsSpan(0, Math.Min(length, scrubbed.Length)), "…");
    }

    /// <summary>
    /// A name that the test gave to something, without what an address may carry. It is no message: <c>acme/signature:3</c> is an image and its tag.
    /// </summary>
    public static string ScrubName(string name) => QueryValue().Replace(UserInfo().Replace(name, Mask + "${end}"), "${name}" + Mask);

    [GeneratedRegex(@"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(-----END [A-Z ]*PRIVATE KEY-----|\z)", RegexOptions.Singleline | Common)]
    private static partial Regex PrivateKey();

    // https://user:password@host. Up to the last @ before the path, because people forget to escape the one in their password; one that others cut
    // may have lost it.
    [GeneratedRegex(@"(?<=://)[^\s/?#""'<>]+(?<end>@|…)", Common)]
    private static partial Regex UserInfo();

    // A header that is a credential as a whole: to the closing quote, or to the end of the line.
    [GeneratedRegex(@"(?<name>\b(proxy-)?authorization\b" + Assign + @"|\b(set-)?cookie\b" + Assign + ")(" + Quoted + @"|[^\r\n]+)", Common)]
    private static partial Regex Header();

    // password=…, "api_key": "…", x-api-key: …, client_secret => …, in text, JSON, JSON in a string, connection strings.
    [GeneratedRegex(
        @"(?<name>(password|passwd|passphrase|pwd|secret([-_ ]?key)?|token|api[-_ ]?key|access[-_ ]?key|account[-_ ]?key|private[-_ ]?key|subscription[-_ ]?key|credentials?|signature|\bsig)"
        + Assign + ")(" + Quoted + @"|[^\s;&""'`<>]+)",
        Common)]
    private static partial Regex Named();

    // "Basic" is a word too: only with what no English word has after it.
    [GeneratedRegex(@"(?<name>\bBearer\s+)[^\s,;""'<>]+|(?<name>\bBasic\s+)(?-i:(?=[a-z]*[A-Z0-9+/=]))[A-Za-z0-9+/=]{6,}", Common)]
    private static partial Regex Scheme();

    [GeneratedRegex(@"(?<name>[?&][^\s=&#?""'<>]+=)[^\s&#""'<>]+", Common)]
    private static partial Regex QueryValue();

    // Keys that say by their form what they are: OpenAI and others, Hugging Face, NVIDIA, GitHub, GitLab, Slack, Google, AWS, JWT.
    [GeneratedRegex(
        @"(?<![A-Za-z0-9])(sk-[\w.~+/=-]{6,}|hf_\w{8,}|nvapi-[\w-]{8,}|gh[pousr]_\w{8,}|github_pat_\w{8,}|glpat-[\w-]{8,}|xox[a-z]-[\w-]{8,}|(?-i:AIza)[\w-]{16,}|(?-i:(AKIA|ASIA)[0-9A-Z]{12,})|(?-i:eyJ)[\w-]{1,2000}\.[\w-]+(\.[\w-]*)?)",
        Common)]
    private static partial Regex Key();

    private const RegexOptions Common = RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;

    // The quote that closes a name in JSON and the bracket behind that of a key, the sign, and the quote that opens the value; quotes may be escaped.
    private const string Assign = @"(\\*[""']\]?)?\s*(=>|[:=])\s*(?<open>\\*[""'])?";

    private const string Quoted = @"(?(open)((?!\k<open>)(\\.|[^\\]))+|(?!))";
}
