using System.Globalization;
using CsCheck;
using FluentAssertions;
using PerfAssert.Reports;
using PerfAssert.Runs;
using PerfAssert.Tests.Runs;
using Xunit;

namespace PerfAssert.Tests.Reports;

public sealed class ConsoleReportSafetyTests
{
    [Fact]
    public void Whatever_a_server_says_stays_inside_of_the_page_and_is_text() => Gen.Select(Gen.String, Gen.String, Gen.Double).Sample((a, b, value) =>
    {
        var report = ConsoleReport.Render(
            RunFiles.Passing with
            {
                TestName = a,
                Outcome = RunOutcome.Invalid,
                Warnings = [a],
                InvalidReasons = [b],
                Errors = [new RunError(a, b, 1, 0, 1, a + "\n" + b)],
                Verdicts = [RunFiles.Verdict("p99 < 1 ms") with { Budget = b, Note = a, Observed = value > 0 ? Math.Min(value, 1e15) : 0 }],
            },
            b);

        report.Split('\n').Should().OnlyContain(line => line.Length <= TextPage.Width);
        var check = () => System.Xml.XmlConvert.VerifyXmlChars(report);
        check.Should().NotThrow("it goes into a .trx file");
    });

    [Fact]
    public void Colours_of_a_server_are_shown_and_not_obeyed() =>
        ConsoleReport.Render(RunFiles.Passing with { Warnings = ["\u001b[31mred"] }, null).Should().Contain("\\u001B[31mred");

    [Fact]
    public void It_is_the_same_in_every_culture()
    {
        var here = CultureInfo.CurrentCulture;
        var expected = ConsoleReport.Render(RunFiles.Passing, null);
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NumberGroupSeparator = "'", NegativeSign = "~" } };
            ConsoleReport.Render(RunFiles.Passing, null).Should().Be(expected);
        }
        finally
        {
            CultureInfo.CurrentCulture = here;
        }
    }

    [Fact]
    public void A_run_without_rounds_says_that_nothing_was_measured() =>
        ConsoleReport.Render(RunFiles.Passing with { Outcome = RunOutcome.Failed, Rounds = [], Verdicts = [] }, null)
            .Should().Contain("Requests: none was measured").And.Contain("Latency: no successful request").And.NotContain("all hold");

    [Fact]
    public void A_file_read_again_gives_the_same_text()
    {
        using var folder = new TemporaryFolder();

        var read = RunFileReader.Read(RunFileWriter.Write(folder.Path, RunFiles.Passing));

        ConsoleReport.Render(read, null).Should().Be(ConsoleReport.Render(RunFiles.Passing, null));
    }
}
