using FluentAssertions;
using PerfAssert.Measurements;
using PerfAssert.Tests.Runs;
using Xunit;

namespace PerfAssert.Tests.Measurements;

public sealed class ErrorLogTests
{
    [Theory]
    [InlineData("https://user:s3cret-and-long-password@host/v2 is down")]
    [InlineData("the key AIzaSyA-1234567890abcdefghijklmnopqrstu is wrong")]
    [InlineData("-----BEGIN PRIVATE KEY----- s3cret s3cret -----END PRIVATE KEY----- is wrong")]
    public void A_message_cut_anywhere_in_a_secret_has_nothing_of_it(string secret)
    {
        for (var before = 300 - secret.Length; before < 300; before++)
        {
            var log = new ErrorLog();
            log.Add("Fail", new string('x', before - 1) + " " + secret + new string('y', 100_000), TimeSpan.Zero);

            var message = PerfAssert.Runs.ErrorGroups.Total([Recorded.Round(0, [.. log.ToGroups()])]).Single().Message;

            message.Should().NotContain("s3c").And.NotContain("AIza");
            message.Length.Should().BeLessThan(310);
        }
    }

    [Fact]
    public void Long_messages_that_differ_only_in_a_secret_are_one_group()
    {
        var log = new ErrorLog();
        log.Add("Fail", $"token=abcdef {new string('x', 400)}", TimeSpan.Zero);
        log.Add("Fail", $"token=ghijkl {new string('x', 400)}", TimeSpan.Zero);

        log.ToGroups().Should().ContainSingle().Which.Count.Should().Be(2);
    }

    [Fact]
    public void Beyond_50_all_others_are_counted_together_whatever_their_length()
    {
        var log = new ErrorLog();
        foreach (var i in Enumerable.Range(0, 70))
        {
            log.Add("Fail", $"request {i} is lost {new string('x', i % 2 * 1000)}", TimeSpan.FromSeconds(i));
            log.Add("Fail", "request 0 is lost ", TimeSpan.FromSeconds(i));
        }

        var groups = log.ToGroups();

        groups.Should().HaveCount(51);
        groups[0].Should().Match<ErrorGroup>(group => group.Message == "request 0 is lost " && group.Count == 71 && group.FirstAt == TimeSpan.Zero);
        groups.Should().ContainSingle(group => group.Kind == ErrorLog.Other).Which.Count.Should().Be(20);
    }

    [Theory]
    [InlineData(10, 40, 350)]
    [InlineData(1, 60, 10)]
    [InlineData(2, 60, 70)]
    public void A_run_has_no_more_groups_than_a_round(int count, int errors, int others)
    {
        var rounds = Enumerable.Range(0, count).Select(index =>
        {
            var log = new ErrorLog();
            foreach (var error in Enumerable.Range(0, errors))
            {
                log.Add("Fail", $"request {index}-{error} is lost", TimeSpan.FromSeconds(error));
            }

            return Recorded.Round(index, [.. log.ToGroups()]);
        });

        var groups = PerfAssert.Runs.ErrorGroups.Total(rounds);

        groups.Should().HaveCount(51);
        groups[^1].Should().Match<PerfAssert.Runs.RunError>(error => error.Kind == "Other" && error.Count == others);
        groups.Take(50).Should().OnlyContain(error => error.Kind == "Fail" && error.Count == 1);
    }

    [Fact]
    public void An_exception_that_throws_when_it_is_read_is_counted_all_the_same()
    {
        var log = new ErrorLog();
        log.Add(new UnreadableException(), TimeSpan.Zero);
        log.Add(new UnreadableException(), TimeSpan.Zero);

        var group = log.ToGroups().Should().ContainSingle().Subject;
        group.Count.Should().Be(2);
        group.Kind.Should().EndWith("UnreadableException");
        group.Message.Should().Be("its text cannot be read: NotSupportedException");
    }

    private sealed class UnreadableException : Exception
    {
        public override string Message => throw new NotSupportedException();

        public override string ToString() => throw new NotSupportedException();
    }
}
