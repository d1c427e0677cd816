using System.Text.RegularExpressions;
using PerfAssert.Baselines;
using PerfAssert.Budgets;
using PerfAssert.Load;
using PerfAssert.Planning.Json;

namespace PerfAssert.Planning.Files;

/// <summary>Every key of <c>perf-budgets.json</c>: the one place both the reader and the JSON Schema come from.</summary>
internal static partial class BudgetsFileShape
{
    private static readonly JsonTextShape<string> Name = new("a text", BudgetsFileTexts.NotEmpty);

    private static readonly JsonListShape<Budget> Budgets = new(
        new JsonTextShape<Budget>("a budget such as \"p99 < 200 ms\"", Budget.Parse, "p99 < 200 ms", "errors < 0.1 %", "p99 < baseline + 10 % or 2 ms"),
        "a list of budgets such as [\"p99 < 200 ms\"]");

    private static readonly JsonListShape<Budget> Regression = new(
        new JsonTextShape<Budget>("a budget such as \"p99 < baseline + 10 %\"", BudgetsFileTexts.Relative, "p99 < baseline + 10 %"),
        "a list of budgets such as [\"p99 < baseline + 10 %\"]");

    private static readonly JsonObjectShape<PolicySection> Policy = new(
        JsonKey<PolicySection>.Of(
            "confidence", "Confidence of each proof, 0.5 or more and below 1; 0.95 without it",
            new JsonNumberShape<double>(0.5, 1, maxExcluded: true), (policy, value) => policy.Confidence = value),
        JsonKey<PolicySection>.Of(
            "inconclusive", "What an inconclusive verdict means: the observed value decides (the default), it warns, or it fails the test",
            new JsonChoiceShape<InconclusivePolicy>(
                ("observed", InconclusivePolicy.Observed), ("warn", InconclusivePolicy.Warn), ("fail", InconclusivePolicy.Fail)),
            (policy, value) => policy.Inconclusive = value),
        JsonKey<PolicySection>.Of(
            "notComparable", "What a relative budget without a comparable baseline means: it warns (the default) or fails the test",
            new JsonChoiceShape<NotComparablePolicy>(("warn", NotComparablePolicy.Warn), ("fail", NotComparablePolicy.Fail)),
            (policy, value) => policy.NotComparable = value),
        JsonKey<PolicySection>.Of(
            "successBand", "By how much the share of successful requests may differ before two runs are not comparable: 0.02, the default, is 2 percentage points",
            new JsonNumberShape<double>(0, 1), (policy, value) => policy.SuccessBand = value),
        JsonKey<PolicySection>.Of(
            "tokenBand", "By how much the mean tokens of a request may differ before two runs are not comparable: 0.05, the default, is 5 %",
            new JsonNumberShape<double>(0, 1), (policy, value) => policy.TokenBand = value));

    private static readonly JsonObjectShape<WhenSection> When = new(
        JsonKey<WhenSection>.Of("gpu", "Name of the GPU, case ignored; * and ? as in tests", Name, (when, value) => when.Gpu = value),
        JsonKey<WhenSection>.Of("cpu", "Name of the CPU, case ignored; * and ? as in tests", Name, (when, value) => when.Cpu = value),
        JsonKey<WhenSection>.Of(
            "os", "The operating system",
            new JsonChoiceShape<string>(("linux", "linux"), ("windows", "windows"), ("macos", "macos")), (when, value) => when.Os = value),
        JsonKey<WhenSection>.Of(
            "env", "An environment variable that is set and not empty (CI), or has a value (CI=true)",
            new JsonTextShape<VariableCondition>("an environment variable such as \"CI\" or \"CI=true\"", VariableCondition.Parse, "CI", "CI=true"),
            (when, value) => when.Env = value));

    private static readonly JsonEitherShape<PriceSection> Price = new(
        new JsonTextShape<PriceSection>(
            "a catalogue name", text => new PriceSection { CatalogueName = BudgetsFileTexts.NotEmpty(text) }, "aws/us-east-1/g5.xlarge"),
        new JsonObjectShape<PriceSection>(
            JsonKey<PriceSection>.Of(
                "usdPerHour", "US dollars an hour of everything the endpoint runs on",
                new JsonNumberShape<double>(0, 1_000_000, minExcluded: true), (price, value) => price.UsdPerHour = value, isRequired: true)),
        "a catalogue name such as \"aws/us-east-1/g5.xlarge\" or { \"usdPerHour\": 1.2 }");

    private static readonly JsonObjectShape<EnvironmentSection> Environment = new(
        JsonKey<EnvironmentSection>.Of(
            "when", "Where this environment is the one at hand: all conditions hold; the first environment of the file that matches is taken",
            When, (environment, value) => environment.When = value),
        JsonKey<EnvironmentSection>.Of("price", "What the environment costs", Price, (environment, value) => environment.Price = value),
        JsonKey<EnvironmentSection>.Of(
            "policy", "How verdicts become pass or fail here; wins key by key over the file's policy",
            Policy, (environment, value) => environment.Policy = value.Value));

    private static readonly JsonKey<TestSection>[] Settings =
    [
        JsonKey<TestSection>.Of(
            "load", "How requests are sent; replaces the expression of [Load]",
            new JsonTextShape<LoadExpression>("a load such as \"200 rps for 30 s\"", LoadExpression.Parse, "200 rps for 30 s", "100 requests by 10 users", "trace arrivals.csv at 2x"),
            (test, value) => test.Load = value),
        JsonKey<TestSection>.Of(
            "warmUp", "What is sent before the measured rounds; 0 s turns it off",
            new JsonTextShape<WarmUp>("a warm-up such as \"5 s\" or \"20 requests\"", WarmUp.Parse, "5 s", "20 requests"),
            (test, value) => test.WarmUp = value),
        JsonKey<TestSection>.Of(
            "rounds", "Measured passes of the load",
            new JsonNumberShape<int>(1, LoadRanges.MostRounds), (test, value) => test.Rounds = value),
        JsonKey<TestSection>.Of(
            "arrivals", "How open-loop arrivals are spread over time",
            new JsonChoiceShape<Arrivals>(("constant", Arrivals.Constant), ("poisson", Arrivals.Poisson)), (test, value) => test.Arrivals = value),
        JsonKey<TestSection>.Of(
            "requestTimeout", "After how long a request counts as timed out, 1 ms to 1 h",
            new JsonTextShape<TimeSpan>("a length of time such as \"30 s\"", LoadRanges.ParseRequestTimeout, "30 s"),
            (test, value) => test.RequestTimeout = value),
        JsonKey<TestSection>.Of(
            "maxInFlight", "Requests in flight at most; an arrival beyond it waits, and the wait is part of its latency",
            new JsonNumberShape<int>(1, LoadRanges.MostInFlight), (test, value) => test.MaxInFlight = value),
        JsonKey<TestSection>.Of(
            "seed", "Seed of the arrivals and of each request's random numbers",
            new JsonNumberShape<int>(int.MinValue, int.MaxValue), (test, value) => test.Seed = value),
        JsonKey<TestSection>.Of(
            "maxDuration", "The longest the measured part may take, repeated rounds included, 1 s to 24 h",
            new JsonTextShape<TimeSpan>("a length of time such as \"2 min\"", LoadRanges.ParseMaxDuration, "2 min"),
            (test, value) => test.MaxDuration = value),
        JsonKey<TestSection>.Of(
            "earlyEnd", "Whether the load ends as soon as every budget is decided, after 10 s and 1,000 requests at the earliest",
            new JsonFlagShape(), (test, value) => test.EarlyEnd = value),
        JsonKey<TestSection>.Of(
            "budgets", "What must hold; each replaces the budget of the same metric and kind, others are added",
            Budgets, (test, value) => test.Budgets = value.Value),
    ];

    private static readonly JsonObjectShape<TestSection> Test = new(
    [
        .. Settings,
        JsonKey<TestSection>.Of(
            "in", "The same for one environment; wins over this entry's own values",
            new JsonMapShape<TestSection>(new JsonObjectShape<TestSection>(Settings), EnvironmentName.Rule(), EnvironmentName.Expected),
            (test, value) => test.In = value.Value),
    ]);

    private static readonly JsonTextShape<Budget> Waived = new("a budget such as \"p99 < 200 ms\"", Budget.Parse, "p99 < 200 ms");

    private static readonly JsonObjectShape<WaiverSection> Waiver = new(
        JsonKey<WaiverSection>.Of("test", "The test's exact full name, with its arguments if it has any", Name, (waiver, value) => waiver.Test = value.Value, isRequired: true),
        JsonKey<WaiverSection>.Of("budget", "The budget that may be broken, as the test has it", Waived, (waiver, value) => waiver.Budget = value, isRequired: true),
        JsonKey<WaiverSection>.Of("ceiling", "What must hold meanwhile, of the same metric", Waived, (waiver, value) => waiver.Ceiling = value, isRequired: true),
        JsonKey<WaiverSection>.Of(
            "until", "The last day, year-month-day, in UTC",
            new JsonTextShape<DateOnly>("a date such as \"2030-12-31\"", BudgetsFileTexts.Date, "2030-12-31"),
            (waiver, value) => waiver.Until = value.Value, isRequired: true),
        JsonKey<WaiverSection>.Of("issue", "Where it is being worked on", Name, (waiver, value) => waiver.Issue = value.Value),
        JsonKey<WaiverSection>.Of("reason", "Why", Name, (waiver, value) => waiver.Reason = value.Value, isRequired: true));

    /// <summary>The whole file.</summary>
    public static JsonObjectShape<BudgetsFile> Root { get; } = new(
        JsonKey<BudgetsFile>.Of("$schema", "The JSON Schema of this file, for editors", Name, (_, _) => { }),
        JsonKey<BudgetsFile>.Of("policy", "How verdicts become pass or fail", Policy, (file, value) => file.Policy = value.Value),
        JsonKey<BudgetsFile>.Of(
            "environments", "Where tests run, by name",
            new JsonMapShape<EnvironmentSection>(Environment, EnvironmentName.Rule(), EnvironmentName.Expected),
            (file, value) => file.Environments = value.Value),
        JsonKey<BudgetsFile>.Of(
            "regression", "Relative budgets of every test; an entry of tests replaces one of the same metric and kind",
            Regression, (file, value) => file.Regression = value.Value),
        JsonKey<BudgetsFile>.Of(
            "tests", "By the test's full name, Namespace.Class.Method: * is any run of characters, ? is one; entries apply in file order, later ones win",
            new JsonMapShape<TestSection>(Test, AnyName(), "a test name such as \"MyTests.Endpoint.*\""), (file, value) => file.Tests = value.Value),
        JsonKey<BudgetsFile>.Of(
            "waivers", "Budgets that may be broken for a while: each waiver is printed where it acts, and fails after its last day or beyond its ceiling",
            new JsonListShape<WaiverSection>(Waiver, "a list"), (file, value) => file.Waivers = value.Value));

    [GeneratedRegex(@"\S")]
    private static partial Regex AnyName();
}
