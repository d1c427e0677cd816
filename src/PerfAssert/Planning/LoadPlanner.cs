using System.Globalization;
using PerfAssert.Expressions;
using PerfAssert.Load;
using PerfAssert.Planning.Files;
using PerfAssert.Planning.Json;

namespace PerfAssert.Planning;

/// <summary>Resolves the load of one test and its options: the file over the attribute over the defaults.</summary>
internal sealed class LoadPlanner(TestDeclaration test, IReadOnlyList<TestSection> sections, TracePlanner traces, ICollection<string> notes)
{
    private readonly LoadAttribute attribute = test.Load?.Attribute ?? new LoadAttribute("");

    public LoadPlan Plan(bool hasRelativeBudget, bool hasReference)
    {
        var declaredLoad = test.Load is null ? null : Parse("", attribute.Expression, LoadExpression.Parse);
        var declaredWarmUp = attribute.WarmUp is null ? null : Parse("WarmUp", attribute.WarmUp, WarmUp.Parse);
        var declaredTimeout = Parse("RequestTimeout", attribute.RequestTimeout, LoadRanges.ParseRequestTimeout);

        var load = Resolve("load", declaredLoad, section => section.Load) ?? throw NoLoad();
        load = traces.Read(load, sections.Select(section => section.Load).LastOrDefault(found => found is not null)?.Place, Where(""));
        var declaredLongest = attribute.MaxDuration is null ? (TimeSpan?)null : Parse("MaxDuration", attribute.MaxDuration, LoadRanges.ParseMaxDuration);
        var warmUp = Resolve("warm-up", declaredWarmUp, section => section.WarmUp) ?? WarmUp.DefaultFor(load);
        var (rounds, round) = ResolveRounds(load, hasRelativeBudget);
        var plan = new LoadPlan(
            round,
            warmUp,
            rounds,
            Resolve("arrivals", CheckArrivals(), section => section.Arrivals, arrivals => arrivals.ToString().ToLowerInvariant()),
            Resolve("request timeout", declaredTimeout, section => section.RequestTimeout, Durations.Format),
            Resolve("max in flight", Check("MaxInFlight", attribute.MaxInFlight, LoadRanges.MostInFlight), section => section.MaxInFlight),
            Resolve("seed", attribute.Seed, section => section.Seed),
            Resolve("max duration", declaredLongest, section => Nullable(section.MaxDuration), longest => Durations.Format(longest!.Value)),
            Resolve("early end", attribute.EarlyEnd, section => section.EarlyEnd, early => early ? "on" : "off"),
            hasReference);

        // Of the attribute, or of the file that overrides it.
        var longestPlace = sections.Select(section => section.MaxDuration?.Place).LastOrDefault(place => place is not null) is { } place
            ? $"{place} (maxDuration of {test})"
            : null;
        return plan.MaxDuration is { } longest && plan.LeastDuration is var least && least > longest
            ? throw new PerfPlanException(
                $"{longestPlace ?? Where("MaxDuration")}: found {Durations.Format(longest)}, which ends the load '{load}' before its time: " +
                $"{plan.Rounds} round(s){(hasReference ? " of both versions" : "")} take {Durations.Format(least)}. Expected at least that, or a shorter load.")
            : plan;
    }

    private static Located<TimeSpan?>? Nullable(Located<TimeSpan>? found) => found is null ? null : new Located<TimeSpan?>(found.Value, found.Place);

    /// <summary>
    /// Rounds that were asked for are passes of the whole load. Those that a comparison needs share a load of one steady phase, so that the
    /// test takes no longer than declared.
    /// </summary>
    private (int Rounds, LoadExpression Round) ResolveRounds(LoadExpression load, bool hasRelativeBudget)
    {
        var declared = attribute.RoundsOrUnset;
        if (declared is not null || !hasRelativeBudget || sections.Any(section => section.Rounds is not null))
        {
            return (Resolve("rounds", declared is { } asked ? Check("Rounds", asked, LoadRanges.MostRounds) : 1, section => section.Rounds), load);
        }

        const int Rounds = LoadRanges.RoundsToCompare;
        var part = load.Part(Rounds);
        notes.Add($"rounds {Rounds}: default of a test with a relative budget{(part is null ? "" : $"; they share '{load}', each is '{part}'")}");
        return (Rounds, part ?? load);
    }

    /// <summary>The last section that has a value wins; without one it is what was declared.</summary>
    private T Resolve<T>(string what, T declared, Func<TestSection, Located<T>?> pick, Func<T, string>? print = null)
    {
        if (sections.Select(pick).LastOrDefault(found => found is not null) is not { } found)
        {
            return declared;
        }

        var value = print is null ? Convert.ToString(found.Value, CultureInfo.InvariantCulture) : print(found.Value);
        notes.Add($"{what} {value}: {found.Place}");
        return found.Value;
    }

    private T Parse<T>(string option, string? text, Func<string?, T> parse)
    {
        try
        {
            return parse(text);
        }
        catch (PerfExpressionException exception)
        {
            throw new PerfPlanException($"{Where(option)}: {exception.Message}");
        }
    }

    private int Check(string option, int value, int most) => value >= 1 && value <= most
        ? value
        : throw new PerfPlanException(string.Create(CultureInfo.InvariantCulture, $"{Where(option)}: found {value}, expected 1 to {most:N0}."));

    private Arrivals CheckArrivals() => Enum.IsDefined(attribute.Arrivals)
        ? attribute.Arrivals
        : throw new PerfPlanException(string.Create(CultureInfo.InvariantCulture, $"{Where("Arrivals")}: found {(int)attribute.Arrivals}, expected Arrivals.Constant or Arrivals.Poisson."));

    private string Where(string option) => $"{test}: {test.Load?.Source}{(option.Length == 0 ? "" : ", " + option)}";

    private PerfPlanException NoLoad() => new(
        $"{test} has no load. Expected [Load(\"200 rps for 30 s\")] on the method, its class or its assembly, " +
        $"or \"load\" of a matching entry in {BudgetsFile.FileName}.");
}
