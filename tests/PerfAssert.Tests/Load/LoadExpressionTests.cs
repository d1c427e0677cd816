using System.Collections.Immutable;
using CsCheck;
using FluentAssertions;
using PerfAssert.Load;
using PerfAssert.Tests.Expressions;
using Xunit;
using static PerfAssert.Load.LoadPhase;

namespace PerfAssert.Tests.Load;

public sealed class LoadExpressionTests
{
    private static readonly TimeSpan HalfMinute = TimeSpan.FromSeconds(30);

    [Fact]
    public void A_constant_rate_lasts_a_time_or_a_count()
    {
        Phases("500 rps for 30 s").Should().Equal(new ConstantRate(500, HalfMinute, null));
        Phases("0.5 rps for 20 requests").Should().Equal(new ConstantRate(0.5m, null, 20));
    }

    [Fact]
    public void Users_last_a_time_or_a_count()
    {
        Phases("8 users for 1 min").Should().Equal(new ConstantUsers(8, TimeSpan.FromMinutes(1), null));
        Phases("8 users for 100 requests").Should().Equal(new ConstantUsers(8, null, 100));
    }

    [Fact]
    public void A_ramp_runs_between_two_rates_or_numbers_of_users()
    {
        Phases("0 to 500 rps over 10 min").Should().Equal(new RateRamp(0, 500, TimeSpan.FromMinutes(10)));
        Phases("10 to 0 users over 500 ms").Should().Equal(new UserRamp(10, 0, TimeSpan.FromMilliseconds(500)));
    }

    [Fact]
    public void A_count_is_sequential_or_shared_by_users()
    {
        Phases("100 requests").Should().Equal(new FixedRequests(100, 1));
        Phases("100 requests by 10 users").Should().Equal(new FixedRequests(100, 10));
    }

    [Fact]
    public void A_trace_is_a_file_and_a_speed_and_stands_among_other_open_phases()
    {
        Phases("trace azure.csv").Should().Equal(new Trace("azure.csv", 1));
        Phases("trace 'my traces/a, b.jsonl' at 2.5x then 200 rps for 30 s").Should().Equal(
            new Trace("my traces/a, b.jsonl", 2.5m), new ConstantRate(200, HalfMinute, null));
        Phases("5 rps for 30 s, trace \"it's.txt\"").Should().Equal(new ConstantRate(5, HalfMinute, null), new Trace("it's.txt", 1));
        LoadExpression.Parse("trace a.csv").IsOpenLoop.Should().BeTrue();
    }

    [Theory]
    [InlineData("0 to 500 rps over 10 min, 500 rps for 2 min", "0 to 500 rps over 10 min, 500 rps for 2 min")]
    [InlineData("0 to 500 rps over 10 min then 500 rps for 2 min", "0 to 500 rps over 10 min, 500 rps for 2 min")]
    [InlineData("200 req/s for 30s", "200 rps for 30 s")]
    [InlineData("  200   RPS\tFOR 30 S ", "200 rps for 30 s")]
    [InlineData("1 user for 1 request", "1 user for 1 request")]
    [InlineData("1 request by 1 user", "1 request")]
    [InlineData("TRACE a.csv AT 2.0 X", "trace a.csv at 2x")]
    [InlineData("trace 'a.csv' at 1x", "trace a.csv")]
    [InlineData("trace 'a b.csv',1 rps for 1 s", "trace 'a b.csv', 1 rps for 1 s")]
    [InlineData("trace \"it's a.csv\" at 0.5x", "trace \"it's a.csv\" at 0.5x")]
    [InlineData("8 users for 90 s", "8 users for 90 s")]
    [InlineData("8 users for 120 s", "8 users for 2 min")]
    [InlineData("8 users for 1.5 ms", "8 users for 1.5 ms")]
    [InlineData("8 users for 0.5 h", "8 users for 30 min")]
    [InlineData("8 users for 1000 h", "8 users for 1000 h")]
    public void It_prints_in_one_way(string typed, string printed) => LoadExpression.Parse(typed).ToString().Should().Be(printed);

    [Fact]
    public void Printing_and_parsing_gives_the_same_load() =>
        LoadExpressionGenerator.Loads.Sample(load => LoadExpression.Parse(load.ToString()).Equals(load), iter: 2000);

    [Fact]
    public void Equal_loads_have_equal_hash_codes() =>
        LoadExpressionGenerator.Loads.Sample(
            load => LoadExpression.Parse(load.ToString()).GetHashCode() == load.GetHashCode(), iter: 500);

    [Fact]
    public void No_text_makes_it_throw_anything_but_its_own_error() =>
        Texts.Like(LoadExpressionGenerator.Loads.Select(load => load.ToString())).Sample(
            text => LoadExpression.TryParse(text, out var load, out var error)
                ? LoadExpression.Parse(load.ToString()).Equals(load)
                : error.Column >= 1 && error.Column <= text.Length + 1,
            iter: 5000);

    [Theory]
    [InlineData(null, 1, "found the end, expected a load such as '200 rps for 30 s', '8 users for 1 min' or '100 requests'")]
    [InlineData("", 1, "found the end, expected a load such as '200 rps for 30 s', '8 users for 1 min' or '100 requests'")]
    [InlineData("fast", 1, "found 'fast', expected a load such as '200 rps for 30 s', '8 users for 1 min' or '100 requests'")]
    [InlineData("-5 rps for 1 s", 1, "found '-', expected a load such as '200 rps for 30 s', '8 users for 1 min' or '100 requests'")]
    [InlineData("200", 4, "found the end, expected rps, users, requests or to")]
    [InlineData("200 rsp for 30 s", 5, "found 'rsp', expected rps, users, requests or to; did you mean 'rps'?")]
    [InlineData("200 reqests", 5, "found 'reqests', expected rps, users, requests or to; did you mean 'requests'?")]
    [InlineData("200 rps", 8, "found the end, expected for")]
    [InlineData("200 rps 30 s", 9, "found '30', expected for")]
    [InlineData("200 rps fro 30 s", 9, "found 'fro', expected for; did you mean 'for'?")]
    [InlineData("200 rps for s", 13, "found 's', expected a length such as 30 s or 1000 requests")]
    [InlineData("200 rps for 30", 15, "found the end, expected ms, s, min or h")]
    [InlineData("200 rps for 30 m", 16, "found 'm', expected ms, s, min or h; did you mean 'min'?")]
    [InlineData("200 rps for 30 sec", 16, "found 'sec', expected ms, s, min or h; did you mean 's'?")]
    [InlineData("200 rps for 30 days", 16, "found 'days', expected ms, s, min or h")]
    [InlineData("200 rps for 0 s", 13, "found a length of zero, expected more than 0")]
    [InlineData("200 rps for 0.00001 ms", 13, "found a length below 0.0001 ms, expected more")]
    [InlineData("200 rps for 0 requests", 13, "found 0 requests, expected a whole number from 1 to 1,000,000,000")]
    [InlineData("200 rps for 1001 h", 13, "found a length above 1000 h, expected less")]
    [InlineData("200 rps for 999999999999 h", 13, "found a length above 1000 h, expected less")]
    [InlineData("200 rps for 9999999999999 h", 13, "'9999999999999' is too long, expected at most 12 digits and 9 decimal places")]
    [InlineData("0.00000001 rps for 10 requests", 1, "found a phase that takes more than 1000 h, expected less: raise the rate or send fewer requests")]
    [InlineData("0 rps for 30 s", 1, "found a constant rate of 0 rps, expected more than 0")]
    [InlineData("10000001 rps for 30 s", 1, "found a rate above 10000000 rps, expected less")]
    [InlineData("1,000 rps for 30 s", 2, "found ',' inside a number, expected '.' before decimals and nothing between thousands: 1000 or 0.5")]
    [InlineData("0 users for 30 s", 1, "found 0 users, expected a whole number from 1 to 1,000,000")]
    [InlineData("1.5 users for 30 s", 1, "found 1.5 users, expected a whole number from 1 to 1,000,000")]
    [InlineData("3000000000 users for 30 s", 1, "found 3000000000 users, expected a whole number from 1 to 1,000,000")]
    [InlineData("0 requests", 1, "found 0 requests, expected a whole number from 1 to 1,000,000,000")]
    [InlineData("10 requests by 0 users", 16, "found 0 users, expected a whole number from 1 to 1,000,000")]
    [InlineData("10 requests by many", 16, "found 'many', expected a number of users")]
    [InlineData("10 requests by 2 clients", 18, "found 'clients', expected users")]
    [InlineData("10 requests for 1 s", 13, "found 'for', expected ',', then or the end")]
    [InlineData("0 to 0 rps over 1 min", 1, "found a ramp from 0 to 0, expected at least one end above 0")]
    [InlineData("0 to 0 users over 1 min", 1, "found a ramp from 0 to 0, expected at least one end above 0")]
    [InlineData("0 to rps over 1 min", 6, "found 'rps', expected the number the ramp ends at")]
    [InlineData("0 to 5 requests over 1 min", 8, "found 'requests', expected rps or users")]
    [InlineData("0 to 5 rps for 1 min", 12, "found 'for', expected over")]
    [InlineData("0 to 5 rps over 0 min", 17, "found a length of zero, expected more than 0")]
    [InlineData("0 to 5 rps over 10 requests", 20, "found 'requests', expected ms, s, min or h")]
    [InlineData("trace", 6, "found the end, expected a file such as arrivals.csv or 'my arrivals.csv'")]
    [InlineData("trace , 5 rps for 1 s", 7, "found ',', expected a file such as arrivals.csv or 'my arrivals.csv'")]
    [InlineData("trace 'a.csv", 7, "found a quote that is not closed, expected a file such as arrivals.csv or 'my arrivals.csv'")]
    [InlineData("trace ''", 7, "found an empty name, expected a file such as arrivals.csv or 'my arrivals.csv'")]
    [InlineData("trace my arrivals.csv", 10, "found 'arrivals.csv', expected at, ',', then or the end")]
    [InlineData("trace a.csv at", 15, "found the end, expected a speed such as 2x")]
    [InlineData("trace a.csv at 2", 17, "found the end, expected x")]
    [InlineData("trace a.csv at 0x", 16, "found a speed of 0x, expected more than 0 and at most 1000000")]
    [InlineData("trace a.csv at 2x for 5 s", 19, "found 'for', expected ',', then or the end")]
    [InlineData("5 rps for 1 s,", 15, "found the end, expected a load such as '200 rps for 30 s', '8 users for 1 min' or '100 requests'")]
    [InlineData("5 rps for 1 s; 6 rps for 1 s", 14, "found ';', expected ',', then or the end")]
    [InlineData("5 rps for 1 s 6 rps for 1 s", 15, "found '6', expected ',', then or the end")]
    public void A_wrong_load_says_where_and_what_was_expected(string? text, int column, string problem)
    {
        var error = Errors.Of(() => LoadExpression.Parse(text));
        error.Problem.Should().Be(problem);
        error.Column.Should().Be(column);
    }

    [Theory]
    [InlineData("5 rps for 1 s, 8 users for 1 s", 16)]
    [InlineData("10 requests then 5 rps for 1 s", 18)]
    [InlineData("8 users for 1 s, trace a.csv", 18)]
    public void Open_and_closed_loop_do_not_mix(string text, int column)
    {
        var error = Errors.Of(() => LoadExpression.Parse(text));
        error.Column.Should().Be(column);
        error.Problem.Should().StartWith("found an open-loop phase (rps, trace) and a closed-loop phase (users, requests) in one load, expected one kind")
            .And.EndWith("write two tests");
    }

    [Fact]
    public void The_message_points_at_the_column() =>
        Errors.Of(() => LoadExpression.Parse("200 rsp for 30 s")).Message.ReplaceLineEndings("\n").Should().Be(
            "found 'rsp', expected rps, users, requests or to; did you mean 'rps'? (column 5)\n" +
            "    200 rsp for 30 s\n" +
            "        ^");

    private static ImmutableArray<LoadPhase> Phases(string text) => LoadExpression.Parse(text).Phases;
}
