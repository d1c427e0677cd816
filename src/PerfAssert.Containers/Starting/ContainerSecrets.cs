using System.Text.RegularExpressions;
using PerfAssert.Clients;

namespace PerfAssert.Containers.Starting;

/// <summary>Takes the secrets a container and its clients were given out of what is shown of it.</summary>
internal sealed partial class ContainerSecrets
{
    private const string Mask = "***";

    // A shorter value is no secret, and taking it out would garble every text.
    private const int ShortestSecret = 4;

    // Numbers of tokens, tokenizers and authors are none.
    private const string Anywhere = "token(?!s|iz)|secret|passw|pass[-_]?(?:phrase|code)|api[-_]?key|access[-_]?key|private[-_]?key|credential|auth(?!or(?!iz))";

    // Parts of other words elsewhere: keys per page, pass through. Keys to sort by and the shell's working folders are none either.
    private const string AtTheEnd = @"(?:(?<!by|com|sur)pass|(?<!(?<![\w.-])(?:old)?)pwd|(?<!mon|tur|hot|(?:public|primary|sort|cache)[-_]?)key)(?=[-_.]?\d*(?:[=\s:""]|$))";
    private const string Name = $"(?:{Anywhere}|{AtTheEnd})";
    private const string Word = """(?:"(?<value>[^"]+)"|'(?<value>[^']+)'|(?<value>[^\s"';&|]+))""";

    // Within a line of a shell, which a backslash lengthens.
    private const string Gap = @"(?:[^\S\n]|\\\n)+";
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant;

    private readonly string[] values;

    /// <param name="environment">The container's environment: the values of names that sound secret are masked wherever they appear.</param>
    /// <param name="command">Its command: so are those of options that sound secret, up to the next option, also inside a shell's command.</param>
    /// <param name="client">What clients send: so are all header values.</param>
    public ContainerSecrets(IEnumerable<KeyValuePair<string, string>> environment, IReadOnlyList<string> command, ClientOptions client) =>
        values =
        [
            .. environment.Where(variable => SecretName().IsMatch(variable.Key)).Select(variable => variable.Value)
                .Concat(OfOptions(command))
                .Concat(command.SelectMany(argument => Assigned().Matches(argument).Concat(Within().Matches(argument))).SelectMany(Values))
                .Concat(command.SelectMany(argument => Member().Matches(argument)).SelectMany(Values))
                .Concat(command.SelectMany(argument => Header().Matches(argument)).SelectMany(Values).SelectMany(Parts))
                .Concat(environment.Select(variable => variable.Value).Concat(command).SelectMany(text => UserInfo().Matches(text)).SelectMany(Values))
                .Concat(client.Headers.Values.Append(client.Authorization ?? "").SelectMany(Parts))
                .Where(IsSecret)
                .Distinct()
                .OrderByDescending(value => value.Length),
        ];

    public string Hide(string text)
    {
        var hidden = values.Aggregate(text, (hidden, value) => hidden.Replace(value, Mask, StringComparison.Ordinal));
        return Key().Replace(UserInfo().Replace(hidden, Mask), Mask);
    }

    private static IEnumerable<string> OfOptions(IReadOnlyList<string> command)
    {
        var secret = false;
        foreach (var argument in command)
        {
            if (argument.StartsWith('-'))
            {
                secret = Option().IsMatch(argument);
            }
            else if (secret)
            {
                yield return argument;
            }
        }
    }

    private static IEnumerable<string> Values(Match match) => match.Groups["value"].Captures.Select(capture => capture.Value);

    // Of a header: what follows its scheme is the secret as well.
    private static IEnumerable<string> Parts(string header) => header.Split(' ').Append(header);

    private static bool IsSecret(string value) =>
        value.Length >= ShortestSecret && value is not ("Bearer" or "Basic" or "Token" or "none" or "null" or "auto" or "default") && !bool.TryParse(value, out _);

    [GeneratedRegex(Name, Options)]
    private static partial Regex SecretName();

    [GeneratedRegex($@"^-[^=\s]*{Name}[^=\s]*$", Options)]
    private static partial Regex Option();

    [GeneratedRegex($@"^-[^=\s]*{Name}[^=\s]*=(?<value>.+)$", Options)]
    private static partial Regex Assigned();

    [GeneratedRegex($@"(?<![\w.-])(?:-[\w.-]*{Name}[\w.-]*(?:{Gap}(?!-|\d*[<>]){Word})+|[\w.-]*{Name}[\w.-]*={Word})", Options)]
    private static partial Regex Within();

    // A member of a JSON object.
    [GeneratedRegex($$"""
        "[^"\\]*{{Name}}[^"\\]*"\s*:\s*"(?<value>(?:[^"\\]|\\.)+)"
        """, Options)]
    private static partial Regex Member();

    // Authorization: Bearer ... as an argument of its own, after --header= or in a shell's quotes. Images, log levels and hosts have no space behind their colon.
    [GeneratedRegex($$"""
        (?:^|["'=])[\w-]*{{Name}}[\w-]*:(?:[^\S\n]+|(?<=(?:api|access|auth)-?(?:key|token):))(?<value>[^\s"'&;|]+(?:[^\S\n]+[^\s"'&;|]+)?)
        """, Options)]
    private static partial Regex Header();

    // https://user:password@host. Up to the last @ before the path, because people forget to escape the one in their password.
    [GeneratedRegex("""(?<=://)(?:[^\s/?#"'<>:]*:(?<value>[^\s/?#"'<>]+)|[^\s/?#"'<>]+)(?=@)""", Options)]
    private static partial Regex UserInfo();

    // Keys that say by their form what they are: Hugging Face, NVIDIA, OpenAI and others, GitHub.
    [GeneratedRegex(@"\b(hf_\w{8,}|nvapi-[\w-]{8,}|sk-[\w-]{8,}|gh[pousr]_\w{8,}|github_pat_\w{8,})", RegexOptions.CultureInvariant)]
    private static partial Regex Key();
}
