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
    private const string Name = "(?:token(?!s|iz)|secret|passw|api[-_]?key|access[-_]?key|private[-_]?key|credential|auth(?!or(?!iz)))";
    private const string Word = """(?:"(?<value>[^"]+)"|'(?<value>[^']+)'|(?<value>[^\s"';&|]+))""";
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant;

    private readonly string[] values;

    /// <param name="environment">The container's environment: the values of names that sound secret are masked wherever they appear.</param>
    /// <param name="command">Its command: so are those of options that sound secret, also inside a shell's command.</param>
    /// <param name="client">What clients send: so are all header values.</param>
    public ContainerSecrets(IEnumerable<KeyValuePair<string, string>> environment, IReadOnlyList<string> command, ClientOptions client) =>
        values =
        [
            .. environment.Where(variable => SecretName().IsMatch(variable.Key)).Select(variable => variable.Value)
                .Concat(command.Zip(command.Skip(1)).Where(pair => Option().IsMatch(pair.First) && !pair.Second.StartsWith('-')).Select(pair => pair.Second))
                .Concat(command.SelectMany(argument => Assigned().Matches(argument).Concat(Within().Matches(argument))).Select(match => match.Groups["value"].Value))
                .Concat(client.Headers.Values.Append(client.Authorization ?? "").SelectMany(value => value.Split(' ').Append(value)))
                .Where(IsSecret)
                .Distinct()
                .OrderByDescending(value => value.Length),
        ];

    public string Hide(string text) => Key().Replace(values.Aggregate(text, (hidden, value) => hidden.Replace(value, Mask, StringComparison.Ordinal)), Mask);

    private static bool IsSecret(string value) =>
        value.Length >= ShortestSecret && value is not ("Bearer" or "Basic" or "Token") && !bool.TryParse(value, out _);

    [GeneratedRegex(Name, Options)]
    private static partial Regex SecretName();

    [GeneratedRegex($@"^-[^=\s]*{Name}[^=\s]*$", Options)]
    private static partial Regex Option();

    [GeneratedRegex($@"^-[^=\s]*{Name}[^=\s]*=(?<value>.+)$", Options)]
    private static partial Regex Assigned();

    [GeneratedRegex($@"(?<![\w.-])(?:-[\w.-]*{Name}[\w.-]*\s+(?!-)|[\w.-]*{Name}[\w.-]*=){Word}", Options)]
    private static partial Regex Within();

    // Keys that say by their form what they are: Hugging Face, NVIDIA, OpenAI and others, GitHub.
    [GeneratedRegex(@"\b(hf_\w{8,}|nvapi-[\w-]{8,}|sk-[\w-]{8,}|gh[pousr]_\w{8,}|github_pat_\w{8,})", RegexOptions.CultureInvariant)]
    private static partial Regex Key();
}
