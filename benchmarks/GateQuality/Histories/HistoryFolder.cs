using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace GateQuality.Histories;

/// <summary>Reads histories as the README describes them. Nothing is guessed: what does not fit is an error with file and line.</summary>
internal static class HistoryFolder
{
    private const string DetailsName = "dataset_details.csv";
    private const string AnnotationsName = "annotations.json";

    /// <summary>All series of a folder, in the order of their names.</summary>
    public static ImmutableArray<BuildHistory> Read(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new HistoryFormatException($"{folder}: there is no such folder; expected one with DATA/*.csv, or any folder above it");
        }

        var files = Directory.EnumerateFiles(folder, "*.csv", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) != DetailsName)
            .Order(StringComparer.Ordinal).ToList();
        if (files.Count == 0)
        {
            throw new HistoryFormatException($"{folder}: no *.csv in it; expected files with the columns GHC and Measurement");
        }

        var details = Find(folder, DetailsName) is { } text ? Details(text) : null;
        var people = Find(folder, AnnotationsName) is { } json ? People(json) : null;
        return [.. files.Select(file => Series(file, details, people))];
    }

    private static string? Find(string folder, string name)
    {
        var found = Directory.EnumerateFiles(folder, name, SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        return found.Count > 1
            ? throw new HistoryFormatException($"{folder}: more than one {name}: {string.Join(", ", found)}; name the folder of one data set")
            : found.SingleOrDefault();
    }

    private static BuildHistory Series(string file, Dictionary<string, Detail>? details, Dictionary<string, ImmutableArray<ImmutableArray<int>>>? people)
    {
        var rows = Rows(file, ',', ["GHC", "Measurement"]).Select(row => (row.Line, Build: row.Values[0], Value: Number(file, row.Line, row.Values[1]))).ToList();
        if (rows.Count == 0)
        {
            throw new HistoryFormatException($"{file}: no measurement in it");
        }

        // Runs of one build are neighbours, or are brought together at its first.
        ImmutableArray<Build> builds = [.. rows.GroupBy(row => row.Build).Select(build => new Build(build.Key, [.. build.Select(row => row.Value)]))];
        var name = Path.GetFileNameWithoutExtension(file);
        if (people is not null)
        {
            var annotated = people.GetValueOrDefault(name, []);
            return annotated.SelectMany(one => one).Any(change => change < 0 || change >= builds.Length)
                ? throw new HistoryFormatException($"{AnnotationsName}: a change of {name} is not among its builds 0 to {builds.Length - 1}")
                : new BuildHistory(name, "", builds, annotated);
        }

        if (details?.GetValueOrDefault(name) is not { } detail)
        {
            return new BuildHistory(name, "", builds, []);
        }

        // The last good row; the change is at the build of the next one.
        return detail.LastGood >= rows.Count
            ? throw new HistoryFormatException($"{DetailsName}: the change point {detail.LastGood} of {name} is beyond its {rows.Count} measurements")
            : new BuildHistory(name, detail.Kind, builds, [detail.LastGood == 0 ? [] : [IndexOf(builds, rows[detail.LastGood].Build)]]);
    }

    private static int IndexOf(ImmutableArray<Build> builds, string number) => builds.Select(build => build.Number).ToList().IndexOf(number);

    private static Dictionary<string, Detail> Details(string file) => Rows(file, ';', ["Type", "Dataset", "Change Point"]).ToDictionary(
        row => Path.GetFileNameWithoutExtension(row.Values[1]),
        row => int.TryParse(row.Values[2], NumberStyles.None, CultureInfo.InvariantCulture, out var point)
            ? new Detail(row.Values[0].ToLowerInvariant(), point)
            : throw new HistoryFormatException($"{file}({row.Line}): '{row.Values[2]}' is no change point: expected a whole number, 0 for none"));

    private static Dictionary<string, ImmutableArray<ImmutableArray<int>>> People(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, int[]>>>(File.ReadAllText(file))!
                .ToDictionary(series => series.Key, series => series.Value.Values.Select(changes => changes.Order().ToImmutableArray()).ToImmutableArray());
        }
        catch (JsonException exception)
        {
            throw new HistoryFormatException($"{file}: expected {{ \"SERIES\": {{ \"PERSON\": [BUILD, ...] }} }}: {exception.Message}");
        }
    }

    private static IEnumerable<(int Line, string[] Values)> Rows(string file, char separator, string[] columns)
    {
        var lines = File.ReadAllLines(file);
        var header = lines.Length == 0 ? [] : lines[0].Split(separator).Select(name => name.Trim()).ToList();
        var places = columns.Select(name => header.IndexOf(name)).ToArray();
        if (places.Contains(-1))
        {
            throw new HistoryFormatException(
                $"{file}(1): expected a header with {string.Join(", ", columns)} separated by '{separator}', found '{(lines.Length == 0 ? "nothing" : lines[0])}'");
        }

        for (var line = 2; line <= lines.Length; line++)
        {
            var cells = lines[line - 1].Split(separator);
            if (string.IsNullOrWhiteSpace(lines[line - 1]))
            {
                continue;
            }

            yield return cells.Length == header.Count
                ? (line, [.. places.Select(place => cells[place].Trim())])
                : throw new HistoryFormatException($"{file}({line}): {cells.Length} columns, and the header has {header.Count}");
        }
    }

    private static double Number(string file, int line, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) && value > 0
            ? value
            : throw new HistoryFormatException($"{file}({line}): '{text}' is no measurement: expected a number above 0");

    private sealed record Detail(string Kind, int LastGood);
}
