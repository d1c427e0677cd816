using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace PerfAssert.Load;

/// <summary>
/// The test method as the engine calls it: compiled once, called for every request. A method that returns nothing or a plain value
/// blocks its thread and is given threads of its own; one that returns a task is started on the thread pool. What it returns is not looked at,
/// but for the answer of an <see cref="HttpClient"/>: one that says it failed is a failed request.
/// </summary>
internal sealed class RequestMethod
{
    private RequestMethod(Func<PerfRequest, ValueTask>? asynchronous, Action<PerfRequest>? blocking)
    {
        Asynchronous = asynchronous;
        Blocking = blocking;
    }

    public Func<PerfRequest, ValueTask>? Asynchronous { get; }

    public Action<PerfRequest>? Blocking { get; }

    public static RequestMethod From(Func<PerfRequest, Task> method) => new(request => Checked(method(request)), null);

    public static RequestMethod From(Func<PerfRequest, ValueTask> method) => new(method, null);

    public static RequestMethod From(Action<PerfRequest> method) => new(null, method);

    /// <summary>
    /// Compiles a call of a method with a data row: a <see cref="PerfRequest"/> parameter, wherever it stands, gets the request;
    /// the others take the row's values in order.
    /// </summary>
    /// <exception cref="ArgumentException">The row does not fit the parameters, the method is generic or by-ref, or its end could not be seen.</exception>
    public static RequestMethod Bind(object? instance, MethodInfo method, IReadOnlyList<object?> row)
    {
        if (UnseenEnd.Problem(method) is { } problem)
        {
            throw new ArgumentException(problem);
        }

        var request = Expression.Parameter(typeof(PerfRequest), "request");
        var call = Expression.Call(
            method.IsStatic ? null : Expression.Constant(instance, method.DeclaringType!),
            method,
            Arguments(method, row, request));
        var returns = method.ReturnType;
        if (returns == typeof(ValueTask))
        {
            return From(Compile<Func<PerfRequest, ValueTask>>(call, request));
        }

        if (typeof(Task).IsAssignableFrom(returns))
        {
            return From(Compile<Func<PerfRequest, Task>>(Expression.Convert(call, typeof(Task)), request));
        }

        if (returns.IsGenericType && returns.GetGenericTypeDefinition() == typeof(ValueTask<>))
        {
            var discard = typeof(RequestMethod).GetMethod(nameof(Discard), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(returns.GetGenericArguments());
            return From(Compile<Func<PerfRequest, ValueTask>>(Expression.Call(discard, call), request));
        }

        Expression blocking = returns == typeof(HttpResponseMessage) ? Expression.Call(call, nameof(HttpResponseMessage.EnsureSuccessStatusCode), null) : call;
        return From(Compile<Action<PerfRequest>>(Expression.Block(typeof(void), blocking), request));
    }

    private static T Compile<T>(Expression body, ParameterExpression request)
        where T : Delegate => Expression.Lambda<T>(body, request).Compile();

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask Discard<T>(ValueTask<T> task)
    {
        if (await task.ConfigureAwait(false) is HttpResponseMessage response)
        {
            response.EnsureSuccessStatusCode();
        }
    }

    private static ValueTask Checked(Task task) =>
        task is Task<HttpResponseMessage> answering ? Discard(new ValueTask<HttpResponseMessage>(answering))
        : UnseenEnd.IsIn(task) ? throw new InvalidOperationException(
            "The method returned a task of a task, whose end would not be seen: return the inner one, with Unwrap() or from Task.Run.")
        : new ValueTask(task);

    private static List<Expression> Arguments(MethodInfo method, IReadOnlyList<object?> row, ParameterExpression request)
    {
        if (method.ContainsGenericParameters)
        {
            throw new ArgumentException($"{method.Name} is generic: its type arguments must be known before it is measured.");
        }

        var arguments = new List<Expression>();
        var taken = 0;
        foreach (var parameter in method.GetParameters())
        {
            if (parameter.ParameterType == typeof(PerfRequest))
            {
                arguments.Add(request);
            }
            else if (taken < row.Count)
            {
                arguments.Add(Value(row[taken++], parameter, method));
            }
            else if (parameter.HasDefaultValue)
            {
                arguments.Add(Default(parameter, request));
            }
            else
            {
                throw new ArgumentException(
                    $"{method.Name} takes a parameter '{parameter.Name}' that nothing supplies: " +
                    $"the data row has {row.Count} value(s). A [PerfFact] takes at most a PerfRequest; other parameters need [PerfTheory] data.");
            }
        }

        return taken == row.Count
            ? arguments
            : throw new ArgumentException($"The data row has {row.Count} values, but {method.Name} takes {taken} besides PerfRequest.");
    }

    // The default of a struct is told as null.
    private static Expression Default(ParameterInfo parameter, ParameterExpression request) =>
        parameter.ParameterType == typeof(CancellationToken) ? Expression.Property(request, nameof(PerfRequest.CancellationToken))
        : parameter.DefaultValue is null ? Expression.Default(parameter.ParameterType)
        : Expression.Constant(parameter.DefaultValue, parameter.ParameterType);

    private static ConstantExpression Value(object? value, ParameterInfo parameter, MethodInfo method)
    {
        var type = parameter.ParameterType;
        if (value is null ? !type.IsValueType || Nullable.GetUnderlyingType(type) is not null : type.IsInstanceOfType(value))
        {
            return Expression.Constant(value, type);
        }

        try
        {
            var target = Nullable.GetUnderlyingType(type) ?? type;
            var converted = target.IsEnum
                ? Enum.ToObject(target, value!)
                : Convert.ChangeType(value, target, System.Globalization.CultureInfo.InvariantCulture);
            return Expression.Constant(converted, type);
        }
        catch (Exception exception) when (exception is InvalidCastException or FormatException or OverflowException or ArgumentException)
        {
            throw new ArgumentException(
                $"The data row's value '{value ?? "null"}' does not fit parameter '{parameter.Name}' ({type.Name}) of {method.Name}.", exception);
        }
    }
}
