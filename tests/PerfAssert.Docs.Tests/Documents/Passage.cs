namespace PerfAssert.Docs.Tests.Documents;

/// <summary>A piece of a document.</summary>
/// <param name="File">From the repository's root.</param>
/// <param name="Line">Its first line, from 1.</param>
/// <param name="Text">As it stands there.</param>
internal sealed record Passage(string File, int Line, string Text)
{
    public string Place => $"{File}:{Line}";

    /// <summary>A problem as it is reported.</summary>
    public string Problem(string what) => $"{Place}: {what}";
}
