namespace PerfAssert.Docs.Tests.Documents;

/// <summary>Problems as an assertion shows them: all of them, one a line. An assertion on the list would show the first.</summary>
internal static class Report
{
    public static string OnePerLine(this IEnumerable<string> problems) => string.Join('\n', problems);
}
