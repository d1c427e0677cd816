using System.Collections.Immutable;
using System.Text;
using FluentAssertions;
using PerfAssert.Baselines;
using Xunit;

namespace PerfAssert.Tests.Baselines;

public sealed class BaselineTextTests
{
    private static readonly Baseline Three = Stored.Of(
        Stored.Run(1, ("p99", [1.5e6, double.PositiveInfinity]), ("rps", [0.1])),
        Stored.Run(2, ("p99", [1.6e6, 1.7e6])),
        Stored.Run(3, ("p99", [1.7e6, 2.1e6])));

    private static readonly string Text = BaselineText.Write(Three);

    [Fact]
    public void What_is_written_is_read_again() =>
        Read(Text).Should().BeEquivalentTo(Three);

    [Fact]
    public void What_is_written_is_the_same_each_time_and_JSON()
    {
        BaselineText.Write(Read(Text)).Should().Be(Text);

        using var json = System.Text.Json.JsonDocument.Parse(Text);
        json.RootElement.GetProperty("runs").GetArrayLength().Should().Be(3);
    }

    [Fact]
    public void One_more_run_changes_its_own_line_the_comma_before_it_and_the_checksum()
    {
        var more = BaselineText.Write(Three.With(Stored.Run(4, ("p99", [2.0e6])))).Split('\n');

        more.Should().HaveCount(Text.Split('\n').Length + 1);
        more.Except(Text.Split('\n')).Should().HaveCount(3);
    }

    [Fact]
    public void Line_ends_turned_by_a_checkout_are_no_change() =>
        Read(Text.Replace("\n", "\r\n", StringComparison.Ordinal)).Should().BeEquivalentTo(Three);

    [Theory]
    [InlineData("1600000", "1500000", "b.json:7: ")]
    [InlineData("AMD EPYC 7571", "AMD EPYC 7572", "b.json:6: ")]
    [InlineData("Tests.Endpoint", "Tests.Another", "b.json:5: ")]
    public void A_hand_edited_file_is_told_with_the_line(string from, string to, string place) =>
        Refusal(Text.Replace(from, to, StringComparison.Ordinal)).Should().StartWith(place).And.Contain("changed by hand").And.Contain("git checkout");

    [Fact]
    public void A_run_taken_out_by_hand_is_told()
    {
        var lines = Text.Split('\n').ToList();
        lines.RemoveAt(6);

        Refusal(string.Join('\n', lines)).Should().Contain("the list of runs");
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_told()
    {
        for (var length = 0; length < Text.Length - 2; length++)
        {
            Refusal(Text[..length]).Should().Contain("b.json");
        }
    }

    /// <summary>Characters that some readers take for line ends, in the argument of a theory.</summary>
    [Theory]
    [InlineData("\u0085")]
    [InlineData("\u2028")]
    [InlineData("\r")]
    [InlineData("\f")]
    public void Any_name_of_a_test_comes_back(string letter)
    {
        var named = Three with { Test = $"Tests.Endpoint(text: \"a{letter}b\")" };

        Read(BaselineText.Write(named)).Test.Should().Be(named.Test);
    }

    [Fact]
    public void Runs_under_the_same_conditions_share_one_copy_of_them()
    {
        var runs = Read(Text).Runs;

        runs[1].Conditions.Should().BeSameAs(runs[0].Conditions);
    }

    [Theory]
    [InlineData("warm-up", "1000 requests")]
    [InlineData("warm-up", null)]
    [InlineData("x", "one more")]
    [InlineData("seed", "\"2\"")]
    public void A_run_under_other_conditions_than_the_run_before_keeps_its_own(string key, string? value)
    {
        var others = value is null ? Stored.Conditions.Remove(key) : Stored.Conditions.SetItem(key, value);
        var mixed = Stored.Of(Stored.Run(1), Stored.Run(2) with { Conditions = others }, Stored.Run(3));

        Read(BaselineText.Write(mixed)).Runs.Select(run => run.Conditions).Should().BeEquivalentTo([Stored.Conditions, others, Stored.Conditions], options => options.WithStrictOrdering());
    }

    [Fact]
    public void A_round_without_a_value_comes_back()
    {
        var rounds = ImmutableArray.Create<double?>(1.5, null, double.NegativeInfinity, double.NaN);
        var run = Stored.Run(1, ("p99", []));

        Read(BaselineText.Write(Stored.Of(run with { Values = run.Values.SetItem("p99", rounds) }))).Runs[0].Values["p99"].Should().Equal(rounds);
    }

    [Fact]
    public void A_merge_conflict_is_told() =>
        Refusal(Text.Replace("  ],", "<<<<<<< HEAD\n  ],", StringComparison.Ordinal)).Should().Contain("merge conflict");

    [Theory]
    [InlineData("=======\n", "merge conflict")]
    [InlineData(">>>>>>> theirs", "merge conflict")]
    [InlineData("{}\n", "goes on behind its end")]
    [InlineData(" ", "goes on behind its end")]
    [InlineData("\n", "goes on behind its end")]
    public void Text_behind_the_end_is_told_with_its_line(string behind, string what) =>
        Refusal(Text + behind).Should().StartWith("b.json:12: ").And.Contain(what);

    [Fact]
    public void A_second_file_behind_the_end_is_told() =>
        Refusal(Text + Text).Should().Contain("goes on behind its end");

    [Fact]
    public void A_last_line_without_its_end_is_no_change() =>
        Read(Text.TrimEnd('\n')).Should().BeEquivalentTo(Three);

    [Fact]
    public void Another_schema_is_told_apart_from_damage() =>
        Refusal(Text.Replace("baseline/1", "baseline/2", StringComparison.Ordinal))
            .Should().Contain("perfassert.baseline/2").And.Contain("reads perfassert.baseline/1");

    private static Baseline Read(string text) => BaselineText.Read("b.json", Encoding.UTF8.GetBytes(text));

    private static string Refusal(string text)
    {
        var read = () => Read(text);
        return read.Should().Throw<BaselineException>().Which.Message;
    }
}
