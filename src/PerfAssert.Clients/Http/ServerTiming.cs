using System.Globalization;

namespace PerfAssert.Clients.Http;

/// <summary>The standard header <c>Server-Timing: queue;dur=3.1, infer;dur=12</c> (milliseconds), recorded as <c>server_queue</c>, <c>server_infer</c>.</summary>
internal static class ServerTiming
{
    /// <summary>The durations in milliseconds, by name with its prefix. Those of one name belong together: two calls of a database are its time. <see langword="null"/>: there is no such header.</summary>
    public static Dictionary<string, double>? Read(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Server-Timing", out var values))
        {
            return null;
        }

        var timings = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var entry in values.SelectMany(value => Split(value, ',')))
        {
            var parts = Split(entry, ';');
            var duration = parts.Skip(1).FirstOrDefault(part => part.StartsWith("dur=", StringComparison.OrdinalIgnoreCase));
            if (duration is not null && double.TryParse(duration.AsSpan(4).Trim('"'), NumberStyles.Float, CultureInfo.InvariantCulture, out var milliseconds))
            {
                var name = Timings.Prefix + parts[0];
                timings[name] = timings.GetValueOrDefault(name) + milliseconds;
            }
        }

        return timings;
    }

    // A separator between quotes is part of a description.
    private static List<string> Split(string text, char separator)
    {
        var parts = new List<string>();
        var (start, isQuoted) = (0, false);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (isQuoted)
            {
                at += text[at] == '\\' ? 1 : 0;
            }
            else if (text[at] == separator)
            {
                parts.Add(text[start..at].Trim());
                start = at + 1;
            }
        }

        parts.Add(text[start..].Trim());
        return parts;
    }
}
