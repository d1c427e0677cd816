using System.Net;
using System.Reflection;
using FluentAssertions;
using PerfAssert.Load;
using Xunit;

namespace PerfAssert.Tests.Load;

/// <summary>An answer that says it failed is a failed request, in whatever form the method returns it.</summary>
public sealed class RequestMethodTests
{
    private static readonly HttpResponseMessage Good = new(HttpStatusCode.NoContent);
    private static readonly HttpResponseMessage Bad = new(HttpStatusCode.InternalServerError);

    private (CancellationToken, TimeSpan, int) seen;

    [Theory]
    [InlineData(nameof(AsTask))]
    [InlineData(nameof(AsTaskOfAnswer))]
    [InlineData(nameof(AwaitedAsync))]
    [InlineData(nameof(AsValueTask))]
    public async Task A_method_that_returns_the_answer_fails_by_its_status(string name)
    {
        await Bound(name, Good).Asynchronous!(null!);

        (await FluentActions.Awaiting(() => Bound(name, Bad).Asynchronous!(null!).AsTask()).Should().ThrowAsync<HttpRequestException>())
            .Which.StatusCode.Should().Be(HttpStatusCode.InternalServerError);
    }

    [Fact]
    public async Task A_parameter_with_a_default_is_bound_and_a_token_is_the_requests()
    {
        var request = new PerfRequest(LoadClock.System, null);
        using var source = new CancellationTokenSource();
        request.Reset(0, 1, Variant.Candidate, source.Token);

        await RequestMethod.Bind(this, typeof(RequestMethodTests).GetMethod(nameof(WithDefaults), BindingFlags.NonPublic | BindingFlags.Instance)!, []).Asynchronous!(request);

        seen.Should().Be((source.Token, default(TimeSpan), 7));
    }

    [Fact]
    public async Task So_does_a_function()
    {
        await RequestMethod.From(_ => AsTaskOfAnswer(Good)).Asynchronous!(null!);

        await FluentActions.Awaiting(() => RequestMethod.From(_ => AwaitedAsync(Bad)).Asynchronous!(null!).AsTask()).Should().ThrowAsync<HttpRequestException>();
    }

    [Fact]
    public void So_does_a_blocking_method()
    {
        Bound(nameof(Blocking), Good).Blocking!(null!);

        FluentActions.Invoking(() => Bound(nameof(Blocking), Bad).Blocking!(null!)).Should().Throw<HttpRequestException>();
    }

    [Fact]
    public async Task What_else_is_returned_is_not_looked_at()
    {
        await RequestMethod.From(_ => Task.FromResult(500)).Asynchronous!(null!);
        await Bound(nameof(Number), Bad).Asynchronous!(null!);
    }

    private static RequestMethod Bound(string name, HttpResponseMessage answer) =>
        RequestMethod.Bind(null, typeof(RequestMethodTests).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!, [answer]);

#pragma warning disable CA1859 // What the method is declared to return is what is tested.
    private static Task AsTask(HttpResponseMessage answer) => Task.FromResult(answer);
#pragma warning restore CA1859

    private static Task<HttpResponseMessage> AsTaskOfAnswer(HttpResponseMessage answer) => Task.FromResult(answer);

    private static async Task<HttpResponseMessage> AwaitedAsync(HttpResponseMessage answer)
    {
        await Task.Yield();
        return answer;
    }

    private static ValueTask<HttpResponseMessage> AsValueTask(HttpResponseMessage answer) => new(answer);

    private static HttpResponseMessage Blocking(HttpResponseMessage answer) => answer;

    private static ValueTask<int> Number(HttpResponseMessage answer) => new((int)answer.StatusCode);

    private Task WithDefaults(TimeSpan time = default, int number = 7, CancellationToken token = default)
    {
        seen = (token, time, number);
        return Task.CompletedTask;
    }
}
