using FluentAssertions;
using PerfAssert.Measurements;
using Xunit;

namespace PerfAssert.Tests.Measurements;

public sealed class RequestMarksTests
{
    public static TheoryData<string> Ways => [.. Said.Keys];

    private static Dictionary<string, Action<RequestMarks>> Said { get; } = new()
    {
        ["tokens"] = marks => marks.AddMarked(1, 2),
        ["a duration"] = marks => marks.AddRecord("mine", TimeSpan.FromSeconds(1)),
        ["a wait"] = marks => marks.AddConnectionWait(10, 5),
        ["input tokens"] = marks => marks.AddTokens(1, 0),
        ["output tokens"] = marks => marks.AddTokens(0, 1),
        ["no count"] = marks => marks.NoTokenCount(),
        ["bytes sent"] = marks => marks.AddBytes(1, 0),
        ["bytes received"] = marks => marks.AddBytes(0, 1),
        ["a byte sent"] = marks => marks.AddSent(1),
        ["bytes read"] = marks => marks.AddReceived(9, 3),
        ["a failure"] = marks => marks.Fail("wrong"),
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public void Whatever_a_method_says_is_noticed_and_nothing_of_it_is_left_to_the_next_request(string way)
    {
        var marks = new RequestMarks();
        marks.Any.Should().BeFalse();

        Said[way](marks);
        marks.Any.Should().BeTrue();
        marks.Should().NotBeEquivalentTo(new RequestMarks(), options => options.Excluding(other => other.Any));

        marks.Clear();
        marks.Should().BeEquivalentTo(new RequestMarks());
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void What_is_said_after_the_end_is_not_heard(string way)
    {
        var marks = new RequestMarks();
        marks.Close();

        Said[way](marks);

        var silent = new RequestMarks();
        silent.Close();
        marks.Should().BeEquivalentTo(silent);
        marks.Clear();
        Said[way](marks);
        marks.Any.Should().BeTrue("it is the next request");
    }

    [Fact]
    public async Task Calls_at_the_same_time_lose_nothing_of_what_each_says()
    {
        var marks = new RequestMarks();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 20_000; i++)
            {
                marks.AddRecord("step", TimeSpan.FromTicks(1));
                marks.AddMarked(i, 1);
                marks.AddTokens(1, 2);
                marks.AddBytes(3, 4);
            }
        })));

        marks.Records.Should().HaveCount(80_000).And.OnlyContain(record => record.Name == "step");
        marks.Chunks.Should().HaveCount(80_000);
        (marks.InputTokens, marks.OutputTokens, marks.BytesSent, marks.BytesReceived).Should().Be((80_000, 160_000, 240_000, 320_000));
    }

    [Fact]
    public void The_first_byte_sent_and_the_last_one_that_arrived_count()
    {
        var marks = new RequestMarks();
        (marks.FirstByte, marks.LastByte, marks.ReadLag).Should().Be((null, null, null), "nobody told");

        // Sent at 10 and 15; an answer that came at 20 is read at 50, one that came at 45 at 48.
        marks.AddSent(10);
        marks.AddSent(15);
        marks.AddReceived(48, 3);
        marks.AddReceived(50, 30);
        (marks.FirstByte, marks.LastByte, marks.ReadLag).Should().Be((10, 45, 5));

        // The rest is read as it comes: how late the first of it was read is no longer of interest.
        marks.AddReceived(90, 0);
        (marks.LastByte, marks.ReadLag).Should().Be((90, 0));
    }

    [Fact]
    public void Tokens_stay_in_the_order_in_which_they_were_marked()
    {
        var marks = new RequestMarks();
        marks.AddMarked(100, 1);
        marks.AddMarked(2, 1);

        marks.Chunks.Should().Equal((100, 1), (100, 1));
        marks.LastToken.Should().Be(100);
    }

    [Fact]
    public void Waits_of_calls_at_the_same_time_count_once()
    {
        var marks = new RequestMarks();

        // From 0 to 10, from 0 to 20, from 15 to 20; then, after a gap, from 30 to 35.
        marks.AddConnectionWait(10, 10);
        marks.AddConnectionWait(20, 20);
        marks.AddConnectionWait(20, 5);
        marks.AddConnectionWait(35, 5);
        marks.ConnectionWait.Should().Be(25);

        marks.Clear();
        marks.AddConnectionWait(38, 5);
        marks.ConnectionWait.Should().Be(5, "it is another request's");
    }

    [Fact]
    public async Task Calls_that_end_on_several_threads_lose_no_wait()
    {
        var marks = new RequestMarks();
        var end = 0L;

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 50_000; i++)
            {
                marks.AddConnectionWait(Interlocked.Increment(ref end), 1_000_000);
            }
        })));

        // The first one's wait and what each later end adds to it.
        marks.ConnectionWait.Should().BeInRange(1_000_000, 1_000_000 + 200_000);
    }
}
