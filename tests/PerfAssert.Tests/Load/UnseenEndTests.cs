using System.Reflection;
using System.Runtime.CompilerServices;
using FluentAssertions;
using PerfAssert.Load;
using Xunit;

namespace PerfAssert.Tests.Load;

/// <summary>A request whose end nobody sees takes no time and never fails: such a method is refused.</summary>
public sealed class UnseenEndTests
{
    [Theory]
    [InlineData(nameof(Call), "returns AwaitableCall, which is no Task, so that its end would not be seen")]
    [InlineData(nameof(TaskOfTask), "returns Task<Task>, a task of something that has not ended,")]
    [InlineData(nameof(ValueTaskOfTask), "returns ValueTask<Task<Int32>>, a task of something that has not ended,")]
    [InlineData(nameof(TaskOfCall), "returns Task<AwaitableCall>, a task of something that has not ended,")]
    [InlineData(nameof(Stream), "returns IAsyncEnumerable<Int32>, which nobody reads")]
    [InlineData(nameof(TaskOfStream), "returns IAsyncEnumerable<Int32>, which nobody reads")]
    [InlineData(nameof(Iterator), "is an iterator, of which nothing runs until somebody reads it")]
    [InlineData(nameof(Void), "is 'async void'")]
    public void It_is_refused_by_what_it_returns(string name, string problem) =>
        FluentActions.Invoking(() => RequestMethod.Bind(null, Method(name), [])).Should().Throw<ArgumentException>().WithMessage($"{name} {problem}*Task*");

    [Theory]
    [InlineData(nameof(List))]
    [InlineData(nameof(Numbers))]
    [InlineData(nameof(Text))]
    [InlineData(nameof(Nothing))]
    public void Values_and_tasks_of_values_are_not(string name) =>
        FluentActions.Invoking(() => RequestMethod.Bind(null, Method(name), [])).Should().NotThrow();

    [Fact]
    public async Task What_only_the_returned_task_tells_fails_the_request()
    {
        Func<PerfRequest, Task>[] methods = [_ => Task.Factory.StartNew(Nothing), _ => Task.Factory.StartNew(Numbers), _ => Wrapped()];
        foreach (var method in methods)
        {
            await FluentActions.Awaiting(() => RequestMethod.From(method).Asynchronous!(null!).AsTask()).Should().ThrowAsync<InvalidOperationException>().WithMessage("*Unwrap()*");
        }

        await RequestMethod.From(_ => Nothing()).Asynchronous!(null!);
        await RequestMethod.From(_ => Numbers()).Asynchronous!(null!);
        await RequestMethod.From(_ => Task.CompletedTask).Asynchronous!(null!);

        static async Task<Task> Wrapped()
        {
            await Task.Yield();
            return Task.Delay(1);
        }
    }

    private static MethodInfo Method(string name) => typeof(UnseenEndTests).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!;

    private static AwaitableCall Call() => new();

    private static Task<Task> TaskOfTask() => Task.FromResult(Task.CompletedTask);

    private static ValueTask<Task<int>> ValueTaskOfTask() => new(Task.FromResult(1));

    private static Task<AwaitableCall> TaskOfCall() => Task.FromResult(new AwaitableCall());

    private static async IAsyncEnumerable<int> Stream()
    {
        await Task.Yield();
        yield return 1;
    }

    private static Task<IAsyncEnumerable<int>> TaskOfStream() => Task.FromResult(Stream());

    private static IEnumerable<int> Iterator()
    {
        yield return 1;
    }

    private static async void Void() => await Task.Yield();

    private static List<int> List() => [];

    private static string Text() => string.Empty;

    private static async Task Nothing() => await Task.Yield();

    private static async Task<int[]> Numbers()
    {
        await Task.Yield();
        return [];
    }

    // Like a call of gRPC's clients.
    private sealed class AwaitableCall
    {
        public TaskAwaiter<int> GetAwaiter() => Task.FromResult(1).GetAwaiter();
    }
}
