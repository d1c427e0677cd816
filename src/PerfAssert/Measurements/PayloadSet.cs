namespace PerfAssert.Measurements;

/// <summary>
/// What a test sends, as the run file names it: runs with other payloads are other work. Give it to <see cref="PerfRequest.UsePayload"/>; the
/// pools of PerfAssert.Payloads do so by themselves.
/// </summary>
public sealed class PayloadSet
{
    /// <summary>Describes payloads.</summary>
    /// <param name="name">A name for people, <c>prompts</c>.</param>
    /// <param name="sha256">SHA-256 over the content of all of them in their order, as hexadecimal digits: alike on every machine and in every run.</param>
    /// <param name="count">Distinct payloads, at least 1.</param>
    /// <param name="tokens">Their lengths in tokens; <see langword="null"/>: not counted.</param>
    /// <exception cref="ArgumentException">A name is empty, or the hash is no SHA-256.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public PayloadSet(string name, string sha256, int count, TokenSummary? tokens = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(sha256);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (sha256.Length != 64 || !sha256.All(char.IsAsciiHexDigit))
        {
            throw new ArgumentException($"'{sha256}' is no SHA-256, expected 64 hexadecimal digits.", nameof(sha256));
        }

        (Name, Sha256, Count, Tokens) = (name, sha256.ToLowerInvariant(), count, tokens);
    }

    /// <summary>A name for people.</summary>
    public string Name { get; }

    /// <summary>SHA-256 over the content, in small hexadecimal digits.</summary>
    public string Sha256 { get; }

    /// <summary>Distinct payloads.</summary>
    public int Count { get; }

    /// <summary>Their lengths in tokens; <see langword="null"/>: not counted.</summary>
    public TokenSummary? Tokens { get; }
}
