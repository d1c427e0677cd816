using System.Collections.Immutable;
using PerfAssert.Expressions;

namespace PerfAssert.Load;

/// <summary>The load grammar: <c>load := phase { ("," | "then") phase }</c>.</summary>
internal static class LoadParser
{
    private const long MostRequests = 1_000_000_000;
    private const int MostUsers = 1_000_000;
    private const int MostRate = 10_000_000;
    private const int MostHours = 1000;
    private const int MostSpeed = 1_000_000;

    private static readonly string[] Subjects = ["rps", "users", "requests"];

    public static LoadExpression Parse(string? text)
    {
        var scanner = new ExpressionScanner(text);
        var phases = ImmutableArray.CreateBuilder<LoadPhase>();
        do
        {
            var column = scanner.Column;
            phases.Add(ReadPhase(scanner));
            if (phases[phases.Count - 1].IsOpenLoop != phases[0].IsOpenLoop)
            {
                throw scanner.Error(
                    column,
                    "found an open-loop phase (rps, trace) and a closed-loop phase (users, requests) in one load, expected one kind: " +
                    "latency starts at the intended start in the one and at the actual start in the other; write two tests");
            }
        }
        while (scanner.TryRead(",") || scanner.TryRead("then"));

        scanner.ReadEnd(phases[phases.Count - 1] is LoadPhase.Trace { Speed: 1 } ? ["at", "','", "then"] : ["','", "then"]);
        return new LoadExpression(phases.ToImmutable());
    }

    public static WarmUp ParseWarmUp(string? text)
    {
        var scanner = new ExpressionScanner(text);
        var column = scanner.Column;
        var number = scanner.ReadNumber("a warm-up such as 5 s or 20 requests");
        var warmUp = TryReadRequests(scanner)
            ? new WarmUp(null, number == 0 ? 0 : scanner.ToCount(number, "requests", MostRequests, column))
            : new WarmUp(Durations.Read(scanner, number, column), null);
        scanner.ReadEnd();
        return number == 0 ? WarmUp.None : warmUp;
    }

    private static LoadPhase ReadPhase(ExpressionScanner scanner)
    {
        if (scanner.TryRead("trace"))
        {
            return ReadTrace(scanner);
        }

        var column = scanner.Column;
        var number = scanner.ReadNumber("a load such as '200 rps for 30 s', '8 users for 1 min' or '100 requests'");
        if (scanner.TryRead("to"))
        {
            return ReadRamp(scanner, number, column);
        }

        if (TryReadRate(scanner))
        {
            return ReadConstantRate(scanner, ToRate(scanner, number, column), column);
        }

        if (TryReadUsers(scanner))
        {
            var users = ToUsers(scanner, number, column);
            var (duration, requests) = ReadLength(scanner);
            return new LoadPhase.ConstantUsers(users, duration, requests);
        }

        if (TryReadRequests(scanner))
        {
            var requests = scanner.ToCount(number, "requests", MostRequests, column);
            return new LoadPhase.FixedRequests(requests, scanner.TryRead("by") ? ReadUsers(scanner) : 1);
        }

        throw scanner.Unexpected([.. Subjects, "to"]);
    }

    private static LoadPhase.Trace ReadTrace(ExpressionScanner scanner)
    {
        var file = scanner.ReadFile("a file such as arrivals.csv or 'my arrivals.csv'");
        if (!scanner.TryRead("at"))
        {
            return new LoadPhase.Trace(file, 1);
        }

        var column = scanner.Column;
        var speed = scanner.ReadNumber("a speed such as 2x");
        scanner.Read("x");
        return speed is > 0 and <= MostSpeed
            ? new LoadPhase.Trace(file, speed)
            : throw scanner.Error(column, $"found a speed of {Units.Format(speed, "")}x, expected more than 0 and at most {MostSpeed}");
    }

    private static LoadPhase.ConstantRate ReadConstantRate(ExpressionScanner scanner, decimal rate, int column)
    {
        if (rate == 0)
        {
            throw scanner.Error(column, "found a constant rate of 0 rps, expected more than 0");
        }

        var (duration, requests) = ReadLength(scanner);
        return requests / rate > MostHours * 3600
            ? throw scanner.Error(column, $"found a phase that takes more than {MostHours} h, expected less: raise the rate or send fewer requests")
            : new LoadPhase.ConstantRate(rate, duration, requests);
    }

    private static LoadPhase ReadRamp(ExpressionScanner scanner, decimal from, int fromColumn)
    {
        var toColumn = scanner.Column;
        var to = scanner.ReadNumber("the number the ramp ends at");
        if (TryReadRate(scanner))
        {
            var (first, last) = (ToRate(scanner, from, fromColumn), ToRate(scanner, to, toColumn));
            return new LoadPhase.RateRamp(first, last, ReadRampLength(scanner, from, to, fromColumn));
        }

        if (TryReadUsers(scanner))
        {
            var first = from == 0 ? 0 : ToUsers(scanner, from, fromColumn);
            var last = to == 0 ? 0 : ToUsers(scanner, to, toColumn);
            return new LoadPhase.UserRamp(first, last, ReadRampLength(scanner, from, to, fromColumn));
        }

        throw scanner.Unexpected("rps", "users");
    }

    private static TimeSpan ReadRampLength(ExpressionScanner scanner, decimal from, decimal to, int column)
    {
        scanner.Read("over");
        var duration = Durations.ReadPositive(scanner);
        return from == 0 && to == 0
            ? throw scanner.Error(column, "found a ramp from 0 to 0, expected at least one end above 0")
            : duration;
    }

    private static (TimeSpan? Duration, long? Requests) ReadLength(ExpressionScanner scanner)
    {
        scanner.Read("for");
        var column = scanner.Column;
        var number = scanner.ReadNumber("a length such as 30 s or 1000 requests");
        if (TryReadRequests(scanner))
        {
            return (null, scanner.ToCount(number, "requests", MostRequests, column));
        }

        var duration = Durations.Read(scanner, number, column);
        return duration > TimeSpan.Zero
            ? (duration, null)
            : throw scanner.Error(column, "found a length of zero, expected more than 0");
    }

    private static bool TryReadRate(ExpressionScanner scanner) => scanner.TryRead("rps") || scanner.TryRead("req/s");

    private static bool TryReadUsers(ExpressionScanner scanner) => scanner.TryRead("users") || scanner.TryRead("user");

    private static bool TryReadRequests(ExpressionScanner scanner) => scanner.TryRead("requests") || scanner.TryRead("request");

    private static int ReadUsers(ExpressionScanner scanner)
    {
        var users = (int)scanner.ReadCount("users", MostUsers);
        return TryReadUsers(scanner) ? users : throw scanner.Unexpected("users");
    }

    private static int ToUsers(ExpressionScanner scanner, decimal number, int column) =>
        (int)scanner.ToCount(number, "users", MostUsers, column);

    private static decimal ToRate(ExpressionScanner scanner, decimal number, int column) => number <= MostRate
        ? number
        : throw scanner.Error(column, $"found a rate above {MostRate} rps, expected less");
}
