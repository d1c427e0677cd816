using System.Globalization;

namespace PerfAssert.Clients.Http;

/// <summary>The standard header <c>Server-Timing: queue;dur=3.1, infer;dur=12</c> (milliseconds), recorded as <c>server_queue</c>, <c>server_infer</c>.</summary>
internal static class ServerTiming
{
    public static void Record(HttpResponseMessage response, PerfRequest? request, TimingNames names)
    {
        if (request is null || !response.Headers.TryGetValues("Server-Timing", out var values))
        {
            return;
        }

        foreach (var entry in values.SelectMany(value => Split(value, ',')))
        {
            var parts = Split(entry, ';');
            var duration = parts.Skip(1).FirstOrDefault(part => part.StartsWith("dur=", StringComparison.OrdinalIgnoreCase));
            if (duration is not null && double.TryParse(duration.AsSpan(4).Trim('"'), NumberStyles.Float, CultureInfo.InvariantCulture, out var milliseconds))
            {
                Timings.Record(request, Timings.Prefix + parts[0], milliseconds, names);
            }
        }
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
