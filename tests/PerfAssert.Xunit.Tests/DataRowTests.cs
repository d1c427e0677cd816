using System.Globalization;
using FluentAssertions;
using PerfAssert.Xunit.Sdk;
using Xunit;
using Xunit.Sdk;

namespace PerfAssert.Xunit.Tests;

/// <summary>The text of a row is in the name that its baselines are found by: the same everywhere, and of that row alone.</summary>
public sealed class DataRowTests
{
    private const string Beginning = "one and the same beginning of a text of more than fifty characters: ";

    [Theory]
    [InlineData("de-DE")]
    [InlineData("fr-FR")]
    [InlineData("")]
    public void It_is_the_same_in_every_culture(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            // Its own, because this process may have none but the invariant one.
            var foreign = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            foreign.NumberFormat.NumberDecimalSeparator = culture.Length > 0 ? "," : ".";
            CultureInfo.CurrentCulture = foreign;

            Describe(0.5, 1.25m).Should().Be("(first: 0.5, second: 1.25)");
            CultureInfo.CurrentCulture.Should().BeSameAs(foreign);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void What_is_cut_is_told_apart_by_a_hash_of_the_whole()
    {
        object?[][] rows =
        [
            [Beginning + "one", 1],
            [Beginning + "two", 1],
            [new[] { 1, 2, 3, 4, 5, 6 }, 1],
            [new[] { 1, 2, 3, 4, 5, 7 }, 1],
            [new[] { 1, 2, 3, 4, 5, 67 }, 1],
            [new[] { 1, 2, 3, 4, 56, 7 }, 1],
            [new[] { "a", "b", "c", "d", "e", "fg", "h" }, 1],
            [new[] { "a", "b", "c", "d", "e", "f", "gh" }, 1],
        ];

        var texts = rows.Select(row => Describe(row)).ToList();

        texts.Should().OnlyHaveUniqueItems().And.AllSatisfy(text => text.Should().MatchRegex(@"\) #[0-9a-f]{8}$"));
        texts[0].Should().Be("""(first: "one and the same beginning of a text of more than "···, second: 1) #fe39d80e""", "baselines are found by it, on every machine");
    }

    [Fact]
    public void Lists_without_an_end_have_a_hash_too() =>
        Describe(Endless(), Endless()).Should().MatchRegex(@"\) #[0-9a-f]{8}$");

    [Theory]
    [InlineData("https://user:hunter2@host/v1")]
    [InlineData("https://user:hunter2-and-much-more-of-it-than-xunit-would-show@host/v1")]
    [InlineData("https://host/v1?key=hunter2")]
    [InlineData("Bearer hunter2")]
    [InlineData("sk-hunter2hunter2")]
    public void It_has_no_secret(string secret)
    {
        Describe(secret, 1).Should().NotContain("hunter2").And.Contain("***");
        Describe(new[] { secret }, 1).Should().NotContain("hunter2");
    }

    [Fact]
    public void Nor_has_what_has_parts()
    {
        Describe(new Endpoint("http://a", "sk-hunter2hunter2"), 1).Should().Be("(first: Endpoint { Url = http://a, ApiKey = *** }, second: 1)");
        Describe(new Dictionary<string, string> { ["Authorization"] = "hunter2", ["Accept"] = "text/plain" }, 1).Should().NotContain("hunter2").And.Contain("***");
        Describe(new string[][] { ["password=hunter2"], ["a"] }, 1).Should().NotContain("hunter2").And.Contain("\"a\"");
        Describe(new { Key = "Bearer hunter2" }, 1).Should().NotContain("hunter2");

        Describe(new Endpoint("http://a", "none"), 1).Should().Be("(first: Endpoint { Url = http://a, ApiKey = *** }, second: 1)", "it is named a key");
        Describe(new string[][] { ["a"], ["b"] }, 1).Should().Be("""(first: [["a"], ["b"]], second: 1)""");
    }

    [Fact]
    public void A_short_row_is_as_xunit_writes_it() =>
        Describe("a text", new List<int> { 1, 2 }).Should().Be("""(first: "a text", second: [1, 2])""");

    [Fact]
    public void Rows_of_one_name_are_told()
    {
        DataRow.Ambiguity(["a", "b"]).Should().BeNull();
        DataRow.Ambiguity(["a", "b", "b"]).Should().StartWith("2 rows are named b:").And.NotContain("secret");
        DataRow.Ambiguity(["a", "(text: ***)", "(text: ***)"]).Should().EndWith("What looks like a secret is not in a name.");
    }

    private sealed record Endpoint(string Url, string ApiKey);

    private static string Describe(params object?[] row) =>
        DataRow.Describe(Reflector.Wrap(typeof(DataRowTests).GetMethod(nameof(Two), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!), row, null);

    private static void Two(object first, object second)
    {
    }

    private static IEnumerable<int> Endless()
    {
        for (var i = 0; ; i++)
        {
            yield return i;
        }
    }
}
