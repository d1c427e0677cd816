using System.Collections.Immutable;
using CsCheck;
using PerfAssert.Load;
using PerfAssert.Tests.Expressions;

namespace PerfAssert.Tests.Load;

/// <summary>Every load the grammar can say.</summary>
internal static class LoadExpressionGenerator
{
    private static readonly Gen<decimal> Rate = Gen.Int[1, 10_000_000].Select(Gen.Int[0, 4], (digits, places) => digits / Power(places));
    private static readonly Gen<int> Users = Gen.Int[1, 1_000_000];
    private static readonly Gen<long> Requests = Gen.Long[1, 1_000_000];

    private static readonly Gen<TimeSpan> Duration = Gen.OneOf(
        Gen.Long[1, 100_000_000].Select(TimeSpan.FromTicks),
        Gen.Int[1, 10_000].Select(seconds => TimeSpan.FromSeconds(seconds)),
        Gen.Int[1, 1000].Select(hours => TimeSpan.FromHours(hours)));

    private static readonly Gen<string> File = Choice.Of(
        "a", "traces/azure.csv", "my arrivals.jsonl", "a,b.txt", "it's.txt", "it's two.txt", "'quoted'", "say \"hi\".txt", "then", "at", "C:\\t.csv", "\u00e4\u3000b");

    private static readonly Gen<decimal> Speed = Gen.OneOf(Gen.Const(1m), Rate.Where(rate => rate <= 1_000_000));

    private static readonly Gen<LoadPhase> Open = Gen.OneOf<LoadPhase>(
        Rate.Select(Duration, (rate, duration) => (LoadPhase)new LoadPhase.ConstantRate(rate, duration, null)),
        File.Select(Speed, (file, speed) => (LoadPhase)new LoadPhase.Trace(file, speed)),
        Gen.Int[1, 1000].Select(Requests, (rate, requests) => (LoadPhase)new LoadPhase.ConstantRate(rate, null, requests)),
        Gen.Select(Gen.OneOf(Rate, Gen.Const(0m)), Rate, Duration).Select((from, to, duration) => (LoadPhase)new LoadPhase.RateRamp(from, to, duration)));

    private static readonly Gen<LoadPhase> Closed = Gen.OneOf<LoadPhase>(
        Users.Select(Duration, (users, duration) => (LoadPhase)new LoadPhase.ConstantUsers(users, duration, null)),
        Users.Select(Requests, (users, requests) => (LoadPhase)new LoadPhase.ConstantUsers(users, null, requests)),
        Gen.Select(Users, Gen.OneOf(Users, Gen.Const(0)), Duration).Select((from, to, duration) => (LoadPhase)new LoadPhase.UserRamp(from, to, duration)),
        Requests.Select(Users, (requests, users) => (LoadPhase)new LoadPhase.FixedRequests(requests, users)));

    public static Gen<LoadExpression> Loads { get; } = Gen.OneOf(Open.Array[1, 4], Closed.Array[1, 4])
        .Select(phases => new LoadExpression(ImmutableArray.Create(phases)));

    private static decimal Power(int places) => (decimal)Math.Pow(10, places);
}
