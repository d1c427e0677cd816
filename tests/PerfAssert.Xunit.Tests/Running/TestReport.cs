using System.Xml.Linq;

namespace PerfAssert.Xunit.Tests.Running;

/// <summary>What a TRX file says about one test: what a user sees in the console, in an IDE and in CI.</summary>
internal sealed record ReportedTest(string Name, string Outcome, string Message, string Output, TimeSpan Duration);

/// <summary>The tests of one TRX file, by name without the scenarios' namespace.</summary>
internal static class TestReport
{
    private const string Namespace = "PerfAssert.Xunit.Scenarios.";
    private static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    public static IReadOnlyDictionary<string, ReportedTest> Read(string file) =>
        XDocument.Load(file).Descendants(Trx + "UnitTestResult").Select(Test).ToDictionary(test => test.Name);

    private static ReportedTest Test(XElement result)
    {
        var name = result.Attribute("testName")!.Value;
        var output = result.Element(Trx + "Output");
        return new ReportedTest(
            name.StartsWith(Namespace, StringComparison.Ordinal) ? name[Namespace.Length..] : name,
            result.Attribute("outcome")!.Value,
            output?.Element(Trx + "ErrorInfo")?.Element(Trx + "Message")?.Value ?? string.Empty,
            output?.Element(Trx + "StdOut")?.Value ?? string.Empty,
            TimeSpan.Parse(result.Attribute("duration")?.Value ?? "0", System.Globalization.CultureInfo.InvariantCulture));
    }
}
