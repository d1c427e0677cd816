using FluentAssertions;
using PerfAssert.Measurements;
using Xunit;

namespace PerfAssert.Tests.Measurements;

public sealed class RequestMarksTests
{
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
