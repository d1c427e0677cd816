using System.Text.RegularExpressions;

namespace PerfAssert.Containers.Starting;

/// <summary>Takes the secrets a container was given out of what is shown of it.</summary>
internal sealed partial class Secrets
{
    private const string Mask = "***";
    private readonly string[] values;

    /// <param name="environment">The container's environment: the values of names that sound secret are masked wherever they appear.</param>
    /// <param name="command">Its command: so are arguments of options that sound secret.</param>
    public Secrets(IEnumerable<KeyValuePair<string, string>> environment, IReadOnlyList<string> command) =>
        values =
        [
            .. environment.Where(variable => Name().IsMatch(variable.Key)).Select(variable => variable.Value)
                .Concat(command.Zip(command.Skip(1)).Where(pair => Option().IsMatch(pair.First) && Name().IsMatch(pair.First)).Select(pair => pair.Second).Where(value => !value.StartsWith('-')))
                .Concat(command.Select(argument => Assigned().Match(argument)).Where(match => match.Success).Select(match => match.Groups[1].Value))
                .Where(value => value.Length > 0)
                .Distinct()
                .OrderByDescending(value => value.Length),
        ];

    public string Hide(string text) => Key().Replace(values.Aggregate(text, (hidden, value) => hidden.Replace(value, Mask, StringComparison.Ordinal)), Mask);

    [GeneratedRegex("token|secret|passw|api[-_]?key|access[-_]?key|private[-_]?key|credential|auth", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex("^-[^=]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Option();

    [GeneratedRegex("^-[^=]*(?:token|secret|passw|api[-_]?key|access[-_]?key|private[-_]?key|credential|auth)[^=]*=(.+)$", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Assigned();

    // Keys that say by their form what they are: Hugging Face, NVIDIA, OpenAI and others, GitHub.
    [GeneratedRegex(@"\b(hf_\w{8,}|nvapi-[\w-]{8,}|sk-[\w-]{8,}|gh[pousr]_\w{8,}|github_pat_\w{8,})", RegexOptions.CultureInvariant)]
    private static partial Regex Key();
}
