using FluentAssertions;
using PerfAssert.Load;
using PerfAssert.Planning;
using Xunit;

namespace PerfAssert.Tests.Planning;

public sealed class BudgetsFileTests
{
    public const string Sample = """
        {
          // The file of the design, with a comment and trailing commas.
          "$schema": "build/perf-budgets.schema.json",
          "policy": { "confidence": 0.99, "inconclusive": "warn", "notComparable": "warn" },
          "environments": {
            "gpu-a10g": { "when": { "gpu": "NVIDIA A10G" }, "price": "aws/us-east-1/g5.xlarge", "policy": { "notComparable": "fail" } },
            "ci":       { "when": { "env": "CI" },          "price": { "usdPerHour": 0.096 } },
          },
          "regression": ["p50 < baseline + 5 %", "p95 < baseline + 10 %"],
          "tests": {
            "ModelPerfTests.SentimentEndpoint.*": {
              "budgets": ["p99 < 100 ms"],
              "rounds": 4,
              "in": { "gpu-a10g": { "load": "2000 rps for 30 s", "budgets": ["p99 < 40 ms"] } },
            },
          },
          "waivers": [],
        }
        """;

    private static readonly MachineFacts A10 = new("nvidia a10g", null, "linux");

    [Fact]
    public void Bands_of_what_is_alike_are_a_policy_and_their_place_is_noted()
    {
        var plan = Plans.Of(Plans.Standard, """{ "policy": { "successBand": 0.1, "tokenBand": 0.25 } }""", A10);

        plan.Policy.Should().Be(new VerdictPolicy(SuccessBand: 0.1, TokenBand: 0.25));
        plan.Notes.Should().Contain(["policy successBand 0.1: perf-budgets.json:1:30", "policy tokenBand 0.25: perf-budgets.json:1:48"]);
    }

    [Fact]
    public void Every_value_of_the_file_is_noted_with_its_place()
    {
        var plan = Plans.Of(Plans.Standard, Sample, A10);

        Plans.Budgets(plan).Should().Equal(
            "p99 < 40 ms (perf-budgets.json:14:70)",
            "errors < 1 % ([Budget] on method Classify)",
            "p50 < baseline + 5 % (perf-budgets.json:9:18)",
            "p95 < baseline + 10 % (perf-budgets.json:9:42)");
        plan.Load.Expression.ToString().Should().Be("2000 rps for 30 s");
        plan.Load.Rounds.Should().Be(4);
        plan.EnvironmentName.Should().Be("gpu-a10g");
        plan.Policy.Should().Be(new VerdictPolicy(0.99, InconclusivePolicy.Warn, NotComparablePolicy.Fail));
        plan.Price.Should().Be(new Price(null, "aws/us-east-1/g5.xlarge (perf-budgets.json:6:62)"));
        plan.Notes.Should().Equal(
            "environment gpu-a10g: perf-budgets.json:6:5, the first whose \"when\" matches",
            "budget p50 < baseline + 5 %: perf-budgets.json:9:18",
            "budget p95 < baseline + 10 %: perf-budgets.json:9:42",
            "budget p99 < 100 ms: perf-budgets.json:12:19, instead of p99 < 200 ms ([Budget] on method Classify)",
            "budget p99 < 40 ms: perf-budgets.json:14:70, instead of p99 < 100 ms (perf-budgets.json:12:19)",
            "load 2000 rps for 30 s: perf-budgets.json:14:37",
            "rounds 4: perf-budgets.json:13:17",
            "policy confidence 0.99: perf-budgets.json:4:29",
            "policy inconclusive warn: perf-budgets.json:4:51",
            "policy notComparable fail: perf-budgets.json:6:118",
            "price aws/us-east-1/g5.xlarge: perf-budgets.json:6:62");
    }

    [Fact]
    public void Every_option_of_the_load_can_come_from_the_file()
    {
        var plan = Plans.Of(Plans.Test((string?)null, "p99 < 1 s"), """
            { "tests": { "*": { "load": "1 request", "warmUp": "0 s", "rounds": 2, "arrivals": "poisson", "requestTimeout": "5 s", "maxInFlight": 9, "seed": -4 } } }
            """);
        plan.Load.Should().Be(new LoadPlan(LoadExpression.Parse("1 request"), WarmUp.None, 2, Arrivals.Poisson, TimeSpan.FromSeconds(5), 9, -4));
    }

    [Fact]
    public void Later_entries_win_and_entries_of_other_tests_do_not_count()
    {
        var plan = Plans.Of(Plans.Standard, """
            { "tests": { "*": { "rounds": 2 }, "ModelPerfTests.*": { "rounds": 3 }, "Other.*": { "rounds": 4 } } }
            """);
        plan.Load.Rounds.Should().Be(3);
    }

    [Fact]
    public void A_budget_of_the_file_is_enough() =>
        Plans.Budgets(Plans.Of(Plans.Test(), """{ "tests": { "*": { "budgets": ["errors < 1 %"] } } }"""))
            .Should().Equal("errors < 1 % (perf-budgets.json:1:33)");

    [Fact]
    public void Columns_count_characters_and_not_bytes() =>
        Plans.Error(Plans.Standard, "{ \"environments\": { \"a\": { \"price\": \"zażółć 🚀\", \"whn\": {} } } }")
            .Should().StartWith("perf-budgets.json:1:50: unknown key 'whn'");

    [Fact]
    public void A_byte_order_mark_is_no_error() =>
        Plans.Of(Plans.Standard, "\uFEFF{ \"policy\": { \"confidence\": 0.9 } }").Notes.Should().Equal("policy confidence 0.9: perf-budgets.json:1:29");

    [Theory]
    [InlineData("", "1:1: this is not JSON: ")]
    [InlineData("{ \"tests\": }", "1:12: this is not JSON: '}' is an invalid start of a value")]
    [InlineData("{\n  \"tests\": {},\n  oops\n}", "3:3: this is not JSON: ")]
    [InlineData("{} {}", "1:4: this is not JSON: ")]
    [InlineData("{ \"tests\": {", "1:13: this is not JSON: ")]
    [InlineData("[]", "1:1: found a list, expected an object with $schema, policy, environments, regression, tests or waivers")]
    [InlineData("{ \"test\": {} }", "1:3: unknown key 'test', expected $schema, policy, environments, regression, tests or waivers; did you mean 'tests'?")]
    [InlineData("{ \"tests\": {}, \"tests\": {} }", "1:16: found the key 'tests' a second time, expected it once: it is already at line 1, column 3; merge the two")]
    [InlineData("{ \"policy\": 3 }", "1:13: found 3, expected an object with confidence, inconclusive, notComparable, successBand or tokenBand")]
    [InlineData("{ \"policy\": null }", "1:13: found null, expected an object with confidence, inconclusive, notComparable, successBand or tokenBand")]
    [InlineData("{ \"policy\": { \"confidence\": 95 } }", "1:29: found 95, expected a number from 0.5 and below 1")]
    [InlineData("{ \"policy\": { \"confidence\": \"0.95\" } }", "1:29: found '0.95', expected a number from 0.5 and below 1")]
    [InlineData("{ \"policy\": { \"inconclusive\": \"wran\" } }", "1:31: found 'wran', expected \"observed\", \"warn\" or \"fail\"; did you mean 'warn'?")]
    [InlineData("{ \"policy\": { \"notComparable\": true } }", "1:32: found true, expected \"warn\" or \"fail\"")]
    [InlineData("{ \"regression\": \"p50 < baseline\" }", "1:17: found 'p50 < baseline', expected a list of budgets such as [\"p99 < baseline + 10 %\"]")]
    [InlineData("{ \"regression\": [\"p50 < 5 ms\"] }", "1:19: found an absolute budget, expected one relative to baseline or reference; absolute budgets stand in \"tests\"")]
    [InlineData("{ \"regression\": [\"p50 < baseline\", \"p50 <= baseline + 5 %\"] }", "1:36: found 'p50 <= baseline + 5 %' beside 'p50 < baseline' in the same list, expected one of them")]
    [InlineData("{ \"environments\": { \"a/b\": {} } }", "1:21: found the key 'a/b', expected a name of letters, digits, '.', '_' and '-'")]
    [InlineData("{ \"environments\": { \"a\": { \"when\": {} } } }", "1:36: found no condition, expected at least one of gpu, cpu, os or env")]
    [InlineData("{ \"environments\": { \"a\": { \"when\": { \"env\": \"=1\" } } } }", "1:46: found no name, expected an environment variable such as CI or CI=true")]
    [InlineData("{ \"environments\": { \"a\": { \"when\": { \"env\": \"CI= \" } } } }", "1:49: found no value after '=', expected one such as CI=true, or CI alone for any value")]
    [InlineData("{ \"environments\": { \"a\": { \"when\": { \"os\": \"ubuntu\" } } } }", "1:44: found 'ubuntu', expected \"linux\", \"windows\" or \"macos\"")]
    [InlineData("{ \"environments\": { \"a\": { \"price\": 1 } } }", "1:37: found 1, expected a catalogue name such as \"aws/us-east-1/g5.xlarge\" or { \"usdPerHour\": 1.2 }")]
    [InlineData("{ \"environments\": { \"a\": { \"price\": {} } } }", "1:37: found no key 'usdPerHour' in this object, expected it")]
    [InlineData("{ \"environments\": { \"a\": { \"price\": { \"usdPerHour\": 0 } } } }", "1:53: found 0, expected a number above 0 to 1000000")]
    [InlineData("{ \"tests\": { \" \": {} } }", "1:14: found the key ' ', expected a test name such as \"MyTests.Endpoint.*\"")]
    [InlineData("{ \"tests\": { \"Other\": { \"load\": \"5 rsp\" } } }", "1:36: found 'rsp', expected rps, users, requests or to; did you mean 'rps'?")]
    [InlineData("{ \"tests\": { \"Other\": { \"load\": 5 } } }", "1:33: found 5, expected a load such as \"200 rps for 30 s\"")]
    [InlineData("{ \"tests\": { \"Other\": { \"rounds\": 1.5 } } }", "1:35: found 1.5, expected a whole number from 1 to 100")]
    [InlineData("{ \"tests\": { \"Other\": { \"requestTimeout\": \"2 h\" } } }", "1:44: found a request timeout of 2 h, expected 1 ms to 1 h")]
    [InlineData("{ \"tests\": { \"Other\": { \"budgets\": [\"p99 < 5\"] } } }", "1:45: found no unit for p99, expected µs, ms, s, min or h")]
    [InlineData("{ \"tests\": { \"Other\": { \"budgets\": [\"p99 \\u003c 5\"] } } }", "1:37: found no unit for p99, expected µs, ms, s, min or h")]
    [InlineData("{ \"tests\": { \"Other\": { \"budgets\": [\"p99 < 5 s\", \"p99 < 4 s\"] } } }", "1:50: found 'p99 < 4 s' beside 'p99 < 5 s' in the same list, expected one of them")]
    [InlineData("{ \"tests\": { \"Other\": { \"warmup\": \"5 s\" } } }", "1:25: unknown key 'warmup', expected load, warmUp, rounds, arrivals, requestTimeout, maxInFlight, seed, maxDuration, earlyEnd, budgets or in; did you mean 'warmUp'?")]
    [InlineData("{ \"environments\": { \"ci\": {} }, \"tests\": { \"*\": { \"in\": { \"cii\": {} } } } }", "1:59: unknown environment 'cii', expected ci; did you mean 'ci'?")]
    [InlineData("{ \"tests\": { \"*\": { \"in\": { \"ci\": {} } } } }", "1:29: unknown environment 'ci', expected one that is declared in \"environments\"; none is")]
    [InlineData("{ \"tests\": { \"*\": { \"in\": { \"ci\": { \"in\": {} } } } } }", "1:37: unknown key 'in'")]
    [InlineData("{ \"waivers\": [ { \"test\": \"*\" } ] }", "1:16: found no key 'budget' in this object, expected it")]
    [InlineData("{ \"waivers\": [ { \"test\": \"A\", \"until\": \"soon\" } ] }", "1:41: found no date, expected one such as 2030-12-31")]
    [InlineData("{ \"waivers\": [ { \"test\": \"A\", \"budget\": \"p99\" } ] }", "1:45: found the end, expected <, <=, > or >=")]
    [InlineData("{ \"waivers\": [ { \"test\": \"A\", \"budget\": \"p99 < 1 s\", \"until\": \"2030-12-31\", \"reason\": \"r\" } ] }", "1:16: found no key 'ceiling' in this object, expected it")]
    [InlineData("{ \"waivers\": [ { \"test\": \"A\", \"budget\": \"p99 < 1 s\", \"ceiling\": \"p50 < 1 s\", \"until\": \"2030-12-31\", \"reason\": \"r\" } ] }", "1:65: found a ceiling of p50 for a budget of p99, expected one of the same metric")]
    [InlineData("{ \"load\": \"\\ud83d\" }", "1:11: found half of a surrogate pair, expected both")]
    [InlineData("{ \"\\ude00\": 1 }", "1:3: found half of a surrogate pair, expected both")]
    public void A_wrong_file_says_where_and_what_was_expected(string file, string problem) =>
        Plans.Error(Plans.Standard, file).Should().StartWith("perf-budgets.json:" + problem);

    [Theory]
    [InlineData(new byte[] { (byte)'{', 0xFF, (byte)'}' })]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF, (byte)'{', (byte)'/', (byte)'*', 0xFF, (byte)'*', (byte)'/', (byte)'}' })]
    public void A_file_that_is_not_text_is_an_error(byte[] content)
    {
        using var folder = new TestFolder();
        File.WriteAllBytes(folder.File("perf-budgets.json"), content);
        Action plan = () => Plans.In(folder, Plans.Standard);
        plan.Should().ThrowExactly<PerfPlanException>().WithMessage("*perf-budgets.json is not UTF-8 text: *Save it as UTF-8.");
    }
}
