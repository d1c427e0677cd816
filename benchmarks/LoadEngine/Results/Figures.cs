using LoadEngine.Measuring;

namespace LoadEngine.Results;

/// <summary>Everything that was measured: a value for each tool, scenario, quantity and repeat.</summary>
internal sealed class Figures
{
    private readonly Dictionary<(string Tool, string Scenario, string Quantity), List<double>> values = [];
    private readonly List<string> notes = [];
    private readonly HashSet<(string Tool, string Scenario)> doubted = [];

    /// <summary>All series in the order of their first value.</summary>
    public IEnumerable<(string Tool, string Scenario, string Quantity, IReadOnlyList<double> Values)> All =>
        values.Select(entry => (entry.Key.Tool, entry.Key.Scenario, entry.Key.Quantity, (IReadOnlyList<double>)entry.Value));

    /// <summary>What a reader of the figures has to know.</summary>
    public IReadOnlyList<string> Notes => notes;

    public void Add(string tool, string scenario, string quantity, double value)
    {
        if (!values.TryGetValue((tool, scenario, quantity), out var list))
        {
            values.Add((tool, scenario, quantity), list = []);
        }

        list.Add(value);
    }

    public void Note(string note)
    {
        if (!notes.Contains(note))
        {
            notes.Add(note);
        }
    }

    /// <summary>Tells what a tool said of its own run: its figures are shown, and no success.</summary>
    public void Doubt(string tool, string scenario, string why)
    {
        doubted.Add((tool, scenario));
        Note($"{tool} ({scenario}): {why}");
    }

    public bool IsDoubted(string tool, string scenario) => doubted.Contains((tool, scenario));

    public bool Has(string tool) => values.Keys.Any(key => key.Tool == tool);

    /// <summary>Every value, in the order measured.</summary>
    public IReadOnlyList<double> Of(string tool, string scenario, string quantity) =>
        values.TryGetValue((tool, scenario, quantity), out var list) ? list : [];

    /// <summary>The median over the repeats; <see langword="null"/>: not measured.</summary>
    public double? Median(string tool, string scenario, string quantity) =>
        values.TryGetValue((tool, scenario, quantity), out var list) ? Percentile.Median(list) : null;
}
