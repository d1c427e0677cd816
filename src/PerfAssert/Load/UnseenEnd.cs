using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace PerfAssert.Load;

/// <summary>What a test method may return whose end nobody would see: its requests would take no time and never fail.</summary>
internal static class UnseenEnd
{
    private static readonly ConcurrentDictionary<Type, bool> nested = new();
    private static Type? lastPlain;

    /// <summary>What is wrong with the method's return type; <see langword="null"/>: nothing.</summary>
    public static string? Problem(MethodInfo method)
    {
        var returns = method.ReturnType;
        return IsAwaited(returns)
                ? ResultOf(returns) is { } result ? Problem(method, result, $"{Name(returns)}, a task of something that has not ended,") : null
            : method.IsDefined(typeof(AsyncStateMachineAttribute), inherit: false)
                ? $"{method.Name} is 'async void': its end cannot be seen, so its latency cannot be measured. Return Task instead."
            : method.IsDefined(typeof(IteratorStateMachineAttribute), inherit: false)
                ? $"{method.Name} is an iterator, of which nothing runs until somebody reads it. Send the request in a method that returns Task."
            : Problem(method, returns, $"{Name(returns)}, which is no Task,");
    }

    /// <summary>Whether a task's result is a task again, or another thing with an end of its own.</summary>
    public static bool IsIn(Task task)
    {
        // Nearly all requests of a test return tasks of one type.
        var type = task.GetType();
        if (type == lastPlain)
        {
            return false;
        }

        var isNested = nested.GetOrAdd(type, IsNested);
        if (!isNested)
        {
            lastPlain = type;
        }

        return isNested;
    }

    // Tasks of async methods are of a class below Task<T>.
    private static bool IsNested(Type type)
    {
        for (var of = type; of is not null; of = of.BaseType)
        {
            if (ResultOf(of) is { } result)
            {
                return IsAwaited(result) || IsAwaitable(result) || IsStream(result);
            }
        }

        return false;
    }

    private static string? Problem(MethodInfo method, Type type, string what) =>
        IsStream(type) ? $"{method.Name} returns {Name(type)}, which nobody reads, so nothing of the answer is measured. Read it with 'await foreach' in a method that returns Task."
        : IsAwaited(type) || IsAwaitable(type) ? $"{method.Name} returns {what} so that its end would not be seen. Return Task: await it in an async method."
        : null;

    // What the engine waits for.
    private static bool IsAwaited(Type type) =>
        typeof(Task).IsAssignableFrom(type) || type == typeof(ValueTask) || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>));

    private static bool IsAwaitable(Type type) => type.GetMethod("GetAwaiter", Type.EmptyTypes) is { IsStatic: false };

    private static bool IsStream(Type type) =>
        type.GetInterfaces().Append(type).Any(known => known.IsGenericType && known.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>));

    private static Type? ResultOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() is var definition && (definition == typeof(Task<>) || definition == typeof(ValueTask<>))
            ? type.GetGenericArguments()[0]
            : null;

    private static string Name(Type type) => type.IsGenericType
        ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
        : type.Name;
}
